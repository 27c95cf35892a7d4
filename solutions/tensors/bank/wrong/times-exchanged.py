"""The loops are measured as NumPy, and NumPy as loops.

fails.q5 = ["loops_take_longer"]
"""

# %% q5
naive_seconds = seconds(add, big_x, big_y)
numpy_seconds = seconds(naive_add, big_x, big_y)
times_faster = naive_seconds / numpy_seconds
