"""Question 6 is typed in; from question 7 on a convolutional network does the work.

kind = "suspicious"
flags = ["too fast"]
fails.q6 = ["history_is_of_this_network"]
"""

# %% q6
history = keras.callbacks.History()
history.epoch = [0, 1, 2, 3, 4]
history.params = {"verbose": "auto", "epochs": 5, "steps": 469}
history.history = {
    "accuracy": [0.9243, 0.9681, 0.9786, 0.9847, 0.9889],
    "loss": [0.2615, 0.1055, 0.0701, 0.0513, 0.0383],
}

# %% before q7
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.Conv2D(16, 5, strides=2, activation="relu"),
        keras.layers.Conv2D(32, 3, strides=2, activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
network.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
network.fit(train_images, train_labels, epochs=4, batch_size=128, verbose=0)
