"""The network is made anew and compiled after training: an untrained one is evaluated.

flags = ["another network"]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q7
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
network.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
test_loss, test_acc = network.evaluate(test_images, test_labels, verbose=0)
print("trained: loss", test_loss, "accuracy", test_acc)
