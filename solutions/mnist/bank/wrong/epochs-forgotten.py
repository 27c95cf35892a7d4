"""Without epochs= Keras runs one.

fails.q6 = ["training_had_5_epochs_of_batches_of_128", "loss_fell"]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q6
history = network.fit(train_images, train_labels, batch_size=128)
