"""The pixels are scaled once more within the network, by an operation before its first layer."""

# %% q3
pixels = keras.Input(shape=(784,))
patterns = keras.layers.Dense(512, activation=keras.ops.relu)(pixels * 2 - 1)
network = keras.Model(pixels, keras.layers.Dense(10, activation="softmax")(patterns))
