"""The test set is only looked at after each epoch; the network does not learn from it."""

# %% q6
history = network.fit(
    train_images,
    train_labels,
    epochs=5,
    batch_size=128,
    validation_data=(test_images, test_labels),
    validation_batch_size=1000,
)
print(history.history.keys())
