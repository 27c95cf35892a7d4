"""All batch gradients at once, without the function."""

# %% q5
errors = (w_start[0] * x + w_start[1] - y).reshape(20, 100)
batch_gradients = np.stack([(2 * errors * x.reshape(20, 100)).mean(1), 2 * errors.mean(1)], axis=1)
average_gradient = batch_gradients.sum(axis=0) / 20
