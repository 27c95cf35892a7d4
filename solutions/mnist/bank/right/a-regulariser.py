"""A small penalty on large weights: evaluate adds it to the loss."""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu", kernel_regularizer=keras.regularizers.L2(1e-5)),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
