"""The layer of 512 units is missing: about 0.92 is all that this network can reach.

fails.q3 = [
    "it_has_two_dense_layers_and_nothing_else_that_learns",
    "units_are_512_then_10",
    "activations_are_relu_then_softmax",
    "it_has_407050_parameters",
]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
