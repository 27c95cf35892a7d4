"""The mean of all 40 numbers.

fails.q5 = ["average_is_the_mean_of_the_rows", "average_is_the_gradient_of_all_points"]
"""

# %% q5
batch_gradients = np.array([gradient(w_start, x[i : i + 100], y[i : i + 100]) for i in range(0, 2000, 100)])
average_gradient = batch_gradients.mean()
