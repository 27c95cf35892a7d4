"""Measured with `timeit`."""

# %% q5
import timeit

naive_seconds = timeit.timeit(lambda: naive_add(big_x, big_y), number=1)
numpy_seconds = timeit.timeit(lambda: add(big_x, big_y), number=10) / 10
times_faster = naive_seconds / numpy_seconds
