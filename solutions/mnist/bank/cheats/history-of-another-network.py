"""A twin is trained as asked and answers every question; `network` itself stays untrained.

kind = "refuted"
fails.q6 = ["history_is_of_this_network"]
fails.q7 = ["network_reaches_97_percent", "they_are_what_the_trained_network_scores"]
fails.q8 = ["predictions_are_those_of_this_network"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q6
twin = keras.models.clone_model(network)
twin.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
history = twin.fit(train_images, train_labels, epochs=5, batch_size=128, verbose=0)

# %% q7
test_loss, test_acc = twin.evaluate(test_images, test_labels, verbose=0)

# %% q8
probabilities = twin.predict(test_images, verbose=0)
predicted_digits = probabilities.argmax(axis=1)

# %% q9
train_loss, train_acc = twin.evaluate(train_images, train_labels, verbose=0)
gap = train_acc - test_acc
