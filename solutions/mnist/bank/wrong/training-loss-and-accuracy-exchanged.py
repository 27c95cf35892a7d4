"""evaluate returns the loss first.

fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q9
train_acc, train_loss = network.evaluate(train_images, train_labels, verbose=0)
gap = train_acc - test_acc
print("training accuracy", train_acc, "gap", gap)
