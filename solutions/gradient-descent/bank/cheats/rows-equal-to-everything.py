"""A subclass of array that is equal to everything.

kind = "refuted"
fails.q5 = "all"
flags = ["source"]
"""

# %% q5
class Rows(np.ndarray):
    def __eq__(self, other):
        return np.full(np.shape(self), True)

    def __sub__(self, other):
        return np.zeros(np.shape(self))


batch_gradients = np.arange(40.0).reshape(20, 2).view(Rows)
average_gradient = batch_gradients.mean(axis=0)
