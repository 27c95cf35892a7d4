"""Trained on the first half of the training set.

flags = ["too fast"]
fails.q6 = ["training_had_5_epochs_of_batches_of_128"]
"""

# %% q6
history = network.fit(train_images[:30000], train_labels[:30000], epochs=5, batch_size=128, verbose=0)
