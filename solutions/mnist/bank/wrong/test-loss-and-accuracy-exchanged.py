"""evaluate returns the loss first.

fails.q7 = ["accuracy_is_at_least_97_percent", "they_are_what_the_trained_network_scores"]
"""

# %% q7
test_acc, test_loss = network.evaluate(test_images, test_labels, verbose=0)
print("trained: loss", test_loss, "accuracy", test_acc)
