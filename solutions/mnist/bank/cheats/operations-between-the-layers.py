"""The layers asked for, and signs of the patterns between them.

kind = "refuted"
fails.q3 = ["it_has_two_dense_layers_and_nothing_else_that_learns"]
"""

# %% q3
inputs = keras.Input(shape=(784,))
hidden = keras.layers.Dense(512, activation="relu")(inputs)
hidden = hidden + keras.ops.sign(hidden)
network = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(hidden))
