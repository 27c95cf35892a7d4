"""A column for each batch, and the mean over axis 0.

fails.q5 = "all"
"""

# %% q5
batch_gradients = np.array([gradient(w_start, x[i : i + 100], y[i : i + 100]) for i in range(0, 2000, 100)]).T
average_gradient = batch_gradients.mean(axis=0)
