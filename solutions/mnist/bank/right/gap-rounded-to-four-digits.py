"""The gap is rounded to four digits."""

# %% q9
train_loss, train_acc = network.evaluate(train_images, train_labels, verbose=0)
gap = round(train_acc - test_acc, 4)
