"""A dropout layer that nobody asked for.

fails.q3 = ["it_has_two_dense_layers_and_nothing_else_that_learns"]
"""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
