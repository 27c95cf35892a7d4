"""Ink is 0 and paper is 1 in both sets, and one epoch.

fails.q1 = ["train_images_are_the_true_ones", "test_images_are_the_true_ones"]
fails.q6 = ["training_had_5_epochs_of_batches_of_128", "loss_fell"]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q1
train_images = 1 - raw_train_images.reshape((60000, 784)).astype("float32") / 255
test_images = 1 - raw_test_images.reshape((10000, 784)).astype("float32") / 255

# %% q6
history = network.fit(train_images, train_labels, epochs=1, batch_size=128)
