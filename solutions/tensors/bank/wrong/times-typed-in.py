"""All three numbers are typed in.

fails.q1 = "all"
"""

# %% q5
naive_seconds = 0.25
numpy_seconds = 0.0005
times_faster = 500
