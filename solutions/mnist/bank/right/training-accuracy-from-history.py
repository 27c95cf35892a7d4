"""The training accuracy is the one that fit reported for the last epoch."""

# %% q6
history = network.fit(train_images, train_labels, epochs=5, batch_size=128, verbose=0)
accuracies = history.history["accuracy"]
print(accuracies)

# %% q9
train_acc = history.history["accuracy"][-1]
gap = train_acc - test_acc
