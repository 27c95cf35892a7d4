"""The images stay squares and the network flattens them: the rest is right.

fails.q1 = ["shapes_are_60000_784_and_10000_784"]
fails.q3 = ["it_takes_784_inputs"]
"""

# %% q1
train_images = raw_train_images.astype("float32") / 255
test_images = raw_test_images.astype("float32") / 255

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
