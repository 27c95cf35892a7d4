"""The labels stand before the images: fit raises.

fails.q6 = "all"
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q6
history = network.fit(train_labels, train_images, epochs=5, batch_size=128)
