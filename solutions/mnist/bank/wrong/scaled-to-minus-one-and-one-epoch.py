"""Scaled to [-1, 1] as in another course, and one epoch.

fails.q1 = [
    "pixels_reach_from_0_to_1",
    "train_images_are_the_true_ones",
    "test_images_are_the_true_ones",
]
fails.q6 = ["training_had_5_epochs_of_batches_of_128", "loss_fell"]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q1
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 127.5 - 1
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 127.5 - 1

# %% q6
history = network.fit(train_images, train_labels, epochs=1, batch_size=128)
