"""A batch is every twentieth point.

fails.q5 = ["each_row_is_the_gradient_of_its_batch"]
"""

# %% q5
batch_gradients = np.array([gradient(w_start, x[k::20], y[k::20]) for k in range(20)])
average_gradient = batch_gradients.mean(axis=0)
