"""Question 5 is left out, and checked after the training on a fresh copy of the network.

kind = "refuted"
"""

# %% q5

# %% check q5

# %% after q6
trained = network
network = keras.models.clone_model(trained)
network.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
untrained_loss, untrained_acc = network.evaluate(test_images, test_labels, verbose=0)
grader.check("q5")
network = trained
