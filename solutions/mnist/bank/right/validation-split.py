"""A tenth of the training images is set apart while it trains."""

# %% q6
history = network.fit(
    train_images, train_labels, epochs=5, batch_size=128, validation_split=0.1, verbose=2
)

# %% after q6
plt.plot(history.history["accuracy"], label="training")
plt.plot(history.history["val_accuracy"], label="validation")
plt.legend()
plt.show()
