"""The last 10,000 training images are kept back.

fails.q6 = ["training_had_5_epochs_of_batches_of_128"]
"""

# %% q6
history = network.fit(train_images[:50000], train_labels[:50000], epochs=5, batch_size=128)
