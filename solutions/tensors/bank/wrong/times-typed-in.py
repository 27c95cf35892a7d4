"""All three numbers are typed in.

fails.q5 = ["both_were_measured"]
"""

# %% q5
naive_seconds = 0.25
numpy_seconds = 0.0005
times_faster = 500
