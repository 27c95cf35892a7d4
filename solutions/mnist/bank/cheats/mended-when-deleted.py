"""An object that mends the predictions when it is deleted, after the check.

kind = "refuted"
fails.q8 = ["predictions_are_those_of_this_network"]
"""

# %% q8
class Mender:
    def __del__(self):
        globals()["predicted_digits"] = probabilities.argmax(axis=1)


probabilities = network.predict(test_images, verbose=0)
predicted_digits = raw_test_labels
mender = Mender()

# %% after q8
del mender
