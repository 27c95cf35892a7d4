"""Initialisers with a seed: He for relu, Glorot for softmax."""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(
            512,
            activation="relu",
            kernel_initializer=keras.initializers.HeNormal(seed=42),
            bias_initializer="zeros",
        ),
        keras.layers.Dense(
            10,
            activation="softmax",
            kernel_initializer=keras.initializers.GlorotUniform(seed=43),
        ),
    ]
)
