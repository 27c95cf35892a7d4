"""The raw squares do not fit the network: fit raises.

fails.q6 = "all"
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q6
history = network.fit(raw_train_images, raw_train_labels, epochs=5, batch_size=128)
