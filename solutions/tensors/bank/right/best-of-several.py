"""The best of several measurements, the ratio rounded."""

# %% q5
naive_seconds = min(seconds(naive_add, big_x, big_y) for _ in range(2))
numpy_seconds = sorted([seconds(add, big_x, big_y) for _ in range(5)])[0]
times_faster = round(naive_seconds / numpy_seconds, 1)
