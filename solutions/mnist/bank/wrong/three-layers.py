"""One hidden layer more than asked for.

fails.q3 = [
    "it_has_two_dense_layers_and_nothing_else_that_learns",
    "units_are_512_then_10",
    "activations_are_relu_then_softmax",
    "it_has_407050_parameters",
]
"""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
