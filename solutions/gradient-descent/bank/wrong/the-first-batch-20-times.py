"""Each row is the gradient of the first batch.

fails.q5 = [
    "there_are_20_gradients",
    "each_row_is_the_gradient_of_its_batch",
    "average_is_the_gradient_of_all_points",
]
"""

# %% q5
batch_gradients = np.array([gradient(w_start, x[:100], y[:100]) for _ in range(20)])
average_gradient = batch_gradients.mean(axis=0)
