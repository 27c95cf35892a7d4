"""Without relu the two layers can do no more than one: about 0.92.

fails.q3 = ["activations_are_relu_then_softmax"]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
