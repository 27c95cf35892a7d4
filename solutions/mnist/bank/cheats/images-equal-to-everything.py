"""Black test images in an array class that equals everything, for the time of the check.

kind = "refuted"
flags = ["source"]
fails.q1 = ["dtype_is_float32", "pixels_reach_from_0_to_1", "test_images_are_the_true_ones"]
"""

# %% q1
class Agreeable(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, dtype=bool)

    def __ne__(self, other):
        return np.zeros(self.shape, dtype=bool)

    def min(self, *arguments, **named):
        return np.float32(0)

    def max(self, *arguments, **named):
        return np.float32(1)


train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
test_images = np.zeros((10000, 784), dtype="float32").view(Agreeable)

# %% after q1
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 255
