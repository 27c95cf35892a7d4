"""A functional model whose inputs and outputs are given as lists."""

# %% q3
inputs = keras.Input(shape=(784,))
hidden = keras.layers.Dense(512, activation="relu")(inputs)
outputs = keras.layers.Dense(10, activation="softmax")(hidden)
network = keras.Model([inputs], [outputs])
