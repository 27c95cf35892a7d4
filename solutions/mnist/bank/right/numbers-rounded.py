"""Rounded to four digits or more where they are kept."""

# %% q5
loss, accuracy = network.evaluate(test_images, test_labels, verbose=0)
untrained_loss = round(loss, 4)
untrained_acc = round(float(accuracy), 4)

# %% q7
loss, accuracy = network.evaluate(test_images, test_labels, verbose=0)
test_loss = round(loss, 4)
test_acc = round(accuracy, 4)

# %% q9
loss, accuracy = network.evaluate(train_images, train_labels, verbose=0)
train_acc = round(accuracy, 4)
gap = round(train_acc - test_acc, 4)
