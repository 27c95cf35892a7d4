"""Variables that were judged already get other values."""

# %% after q5
untrained_loss = f"{untrained_loss:.3f}"
untrained_acc = None

# %% after q6
history_of_losses = history.history["loss"]
del history_of_losses[3:]

# %% after q7
test_loss = "small"

# %% end
# what would more training do?
network.fit(train_images[:2000], train_labels[:2000], epochs=1, verbose=0)
print(network.evaluate(test_images, test_labels, verbose=0))

# %% end
train_images = train_images[:, ::-1]
probabilities[:] = 0
predicted_digits = predicted_digits[:100]
gap = 100 * gap
del train_acc, test_acc
network = None
