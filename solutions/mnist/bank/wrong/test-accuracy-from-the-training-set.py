"""The training set is evaluated instead of the test set.

fails.q7 = ["they_are_what_the_trained_network_scores"]
"""

# %% q7
test_loss, test_acc = network.evaluate(train_images, train_labels, verbose=0)
print("trained: loss", test_loss, "accuracy", test_acc)
