"""A Flatten layer before the first dense one: the images are rows already, so it does no harm."""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=train_images.shape[1:]),
        keras.layers.Flatten(),
        keras.layers.Dense(512, "relu"),
        keras.layers.Dense(10, "softmax"),
    ]
)
