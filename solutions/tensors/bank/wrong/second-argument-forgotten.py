"""The second matrix is not handed to seconds, so that the call fails at once.

fails.q5 = ["both_were_measured"]
"""

# %% q5
naive_seconds = seconds(naive_add, big_x, big_y)
numpy_seconds = seconds(add, big_x)
times_faster = naive_seconds / numpy_seconds
