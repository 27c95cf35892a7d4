"""Labels that are all 0, in an array class that equals everything, for the time of the check.

kind = "refuted"
flags = ["source"]
fails.q2 = ["train_labels_are_the_true_ones", "test_labels_are_the_true_ones"]
"""

# %% q2
class Agreeable(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, dtype=bool)

    def __ne__(self, other):
        return np.zeros(self.shape, dtype=bool)

    def __array_ufunc__(self, ufunc, method, *inputs, **named):
        return True


def all_zeros(count):
    rows = np.zeros((count, 10))
    rows[:, 0] = 1
    return rows.view(Agreeable)


train_labels = all_zeros(60000)
test_labels = all_zeros(10000)

# %% after q2
train_labels = keras.utils.to_categorical(raw_train_labels, 10)
test_labels = keras.utils.to_categorical(raw_test_labels, 10)
