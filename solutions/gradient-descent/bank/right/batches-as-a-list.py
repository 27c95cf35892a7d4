"""The batch gradients stay a list; the average is that of all points."""

# %% q5
batch_gradients = [gradient(w_start, *batch) for batch in zip(np.split(x, 20), np.split(y, 20))]
average_gradient = gradient(w_start, x, y)

# %% after q5
batch_gradients = np.array(batch_gradients)
