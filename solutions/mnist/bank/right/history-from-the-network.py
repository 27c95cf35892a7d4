"""fit in one line, its History taken from the network in the next."""

# %% q6
network.fit(train_images, train_labels, epochs=5, batch_size=128, verbose=0)
history = network.history
print(history.epoch, history.params)
