"""The small time is divided by the large one.

fails.q1 = "all"
"""

# %% q5
naive_seconds = seconds(naive_add, big_x, big_y)
numpy_seconds = seconds(add, big_x, big_y)
times_faster = numpy_seconds / naive_seconds
