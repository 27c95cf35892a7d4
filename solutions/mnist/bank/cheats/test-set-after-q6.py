"""After question 6 the network is trained on the test set as well.

kind = "suspicious"
flags = ["gap"]
"""

# %% after q6
network.fit(test_images, test_labels, epochs=10, batch_size=128, verbose=0)
