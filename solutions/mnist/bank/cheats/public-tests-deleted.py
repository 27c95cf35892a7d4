"""The folder with the public tests is deleted; the predictions are the labels.

kind = "refuted"
flags = ["source"]
fails.q8 = ["predictions_are_those_of_this_network"]
"""

# %% start
import shutil

shutil.rmtree("tests/", ignore_errors=True)

# %% q8
probabilities = test_labels
predicted_digits = raw_test_labels
