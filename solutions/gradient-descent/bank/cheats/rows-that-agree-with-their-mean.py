"""Any rows will do for the public tests, with their mean.

kind = "refuted"
fails.q5 = ["each_row_is_the_gradient_of_its_batch", "average_is_the_gradient_of_all_points"]
"""

# %% q5
batch_gradients = np.random.normal(size=(20, 2))
average_gradient = batch_gradients.mean(axis=0)
