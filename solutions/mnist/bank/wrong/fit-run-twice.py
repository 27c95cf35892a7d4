"""The cell was run twice: the second training continues the first.

fails.q6 = ["training_began_with_an_untrained_network"]
"""

# %% q6
history = network.fit(train_images, train_labels, epochs=5, batch_size=128)

# %% q6
history = network.fit(train_images, train_labels, epochs=5, batch_size=128)
