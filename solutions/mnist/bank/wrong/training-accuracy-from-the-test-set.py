"""The test set is evaluated once more: no gap at all.

fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q9
train_loss, train_acc = network.evaluate(test_images, test_labels, verbose=0)
gap = train_acc - test_acc
print("training accuracy", train_acc, "gap", gap)
