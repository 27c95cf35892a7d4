"""All weights begin at 0: the units stay alike, and nothing is learned.

fails.q10 = ["accuracy_is_at_least_90_percent", "trained_network_reads_90_percent"]
"""

# %% before q10
start = [0 * array for array in start]
