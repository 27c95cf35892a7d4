"""The batches begin 50 points apart.

fails.q5 = ["each_row_is_the_gradient_of_its_batch", "average_is_the_gradient_of_all_points"]
"""

# %% q5
batch_gradients = np.array([gradient(w_start, x[i : i + 100], y[i : i + 100]) for i in range(0, 1000, 50)])
average_gradient = batch_gradients.mean(axis=0)
