"""The probabilities are the one-hot labels of the test set.

kind = "refuted"
fails.q8 = ["predictions_are_those_of_this_network"]
"""

# %% q8
probabilities = test_labels
predicted_digits = probabilities.argmax(axis=1)
