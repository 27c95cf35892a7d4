"""The test set is evaluated before fit, not after it.

fails.q7 = ["accuracy_is_at_least_97_percent", "they_are_what_the_trained_network_scores"]
"""

# %% before q6
test_loss, test_acc = network.evaluate(test_images, test_labels, verbose=0)

# %% q7
print("trained: loss", test_loss, "accuracy", test_acc)
