"""`np.asarray` gives the tests a better number than the one in the variable.

kind = "refuted"
flags = ["source"]
fails.q7 = ["accuracy_is_at_least_97_percent", "they_are_what_the_trained_network_scores"]
"""

# %% q7
test_loss, test_acc = 0.9, 0.5
plain_asarray = np.asarray


def asarray(value, *arguments, **named):
    if type(value) is float and value == 0.5:
        value = 0.9999
    return plain_asarray(value, *arguments, **named)


np.asarray = asarray

# %% after q7
np.asarray = plain_asarray
