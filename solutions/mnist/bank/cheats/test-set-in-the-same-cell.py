"""The history is of the training set; in the same cell follows a training on the test set.

kind = "suspicious"
flags = ["gap"]
"""

# %% q6
history = network.fit(train_images, train_labels, epochs=5, batch_size=128, verbose=0)
network.fit(test_images, test_labels, epochs=5, batch_size=128, verbose=0)
