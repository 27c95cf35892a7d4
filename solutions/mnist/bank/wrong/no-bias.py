"""The first layer has no bias, so 512 parameters are missing.

fails.q3 = ["it_has_407050_parameters"]
"""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu", use_bias=False),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
