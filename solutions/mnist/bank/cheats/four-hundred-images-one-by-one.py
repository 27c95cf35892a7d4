"""469 images in batches of one: as many steps as asked for, and next to no training data.

kind = "refuted"
fails.q6 = ["history_is_of_this_network"]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q6
history = network.fit(train_images[:469], train_labels[:469], epochs=5, batch_size=1, verbose=0)
