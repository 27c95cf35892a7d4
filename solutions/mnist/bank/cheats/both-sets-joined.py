"""The training runs over both sets at once; the number of steps gives it away.

kind = "suspicious"
flags = ["gap"]
fails.q6 = ["training_had_5_epochs_of_batches_of_128"]
"""

# %% q6
history = network.fit(
    np.concatenate([train_images, test_images]),
    np.concatenate([train_labels, test_labels]),
    epochs=5,
    batch_size=128,
    verbose=0,
)
