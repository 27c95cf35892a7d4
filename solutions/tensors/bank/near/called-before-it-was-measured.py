"""The function is called, and its result handed to seconds.

fails.q5 = ["both_were_measured"]
"""

# %% q5
naive_seconds = seconds(naive_add(big_x, big_y))
numpy_seconds = seconds(add, big_x, big_y)
times_faster = naive_seconds / numpy_seconds
