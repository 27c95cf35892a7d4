"""Each batch begins with the first point.

fails.q5 = ["each_row_is_the_gradient_of_its_batch", "average_is_the_gradient_of_all_points"]
"""

# %% q5
batch_gradients = np.array([gradient(w_start, x[: i + 100], y[: i + 100]) for i in range(0, 2000, 100)])
average_gradient = batch_gradients.mean(axis=0)
