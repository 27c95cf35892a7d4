"""Trained on the test set, for many epochs because it is so small.

flags = ["gap", "too fast"]
fails.q6 = ["training_had_5_epochs_of_batches_of_128", "history_is_of_this_network"]
"""

# %% q6
history = network.fit(test_images, test_labels, epochs=30, batch_size=128, verbose=0)
