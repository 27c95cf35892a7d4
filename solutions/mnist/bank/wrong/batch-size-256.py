"""Batches of 256.

fails.q6 = ["training_had_5_epochs_of_batches_of_128"]
"""

# %% q6
history = network.fit(train_images, train_labels, epochs=5, batch_size=256)
