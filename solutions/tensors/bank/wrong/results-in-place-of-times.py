"""The sums themselves in place of the seconds.

fails.q5 = "all"
"""

# %% q5
naive_seconds = naive_add(big_x, big_y)
numpy_seconds = add(big_x, big_y)
times_faster = 100
