"""Test accuracy minus training accuracy.

fails.q9 = ["gap_is_the_difference"]
"""

# %% q9
train_loss, train_acc = network.evaluate(train_images, train_labels, verbose=0)
gap = test_acc - train_acc
print("training accuracy", train_acc, "gap", gap)
