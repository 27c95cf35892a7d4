"""The rows are the gradient on all points with noise that cancels.

kind = "refuted"
fails.q5 = ["each_row_is_the_gradient_of_its_batch"]
"""

# %% q5
noise = np.random.normal(size=(20, 2))
batch_gradients = gradient(w_start, x, y) + noise - noise.mean(axis=0)
average_gradient = batch_gradients.mean(axis=0)
