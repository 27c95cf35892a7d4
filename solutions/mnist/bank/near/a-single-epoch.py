"""Trained for one epoch in place of five.

fails.q6 = ["training_had_5_epochs_of_batches_of_128", "loss_fell"]
"""

# %% q6
history = network.fit(train_images, train_labels, epochs=1, batch_size=128, verbose=0)
