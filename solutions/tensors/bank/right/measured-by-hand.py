"""The clock is read before and after, without the function that is there."""

# %% q5
begin = time.perf_counter()
naive_add(big_x, big_y)
naive_seconds = time.perf_counter() - begin

begin = time.perf_counter()
for _ in range(10):
    add(big_x, big_y)
end = time.perf_counter()
numpy_seconds = (end - begin) / 10

times_faster = naive_seconds / numpy_seconds
