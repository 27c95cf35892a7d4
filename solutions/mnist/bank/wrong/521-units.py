"""Two digits of 512 are exchanged.

fails.q3 = ["units_are_512_then_10", "it_has_407050_parameters"]
"""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(521, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
