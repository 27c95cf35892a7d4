"""The difference in place of the ratio.

fails.q5 = ["times_faster_is_their_ratio"]
"""

# %% q5
naive_seconds = seconds(naive_add, big_x, big_y)
numpy_seconds = seconds(add, big_x, big_y)
times_faster = naive_seconds - numpy_seconds
