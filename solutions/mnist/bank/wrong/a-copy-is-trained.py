"""Another network is trained; the one that is asked for is not.

fails.q6 = ["history_is_of_this_network"]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q6
model = keras.models.clone_model(network)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
history = model.fit(train_images, train_labels, epochs=5, batch_size=128)
