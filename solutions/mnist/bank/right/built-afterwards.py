"""No Input at all: the network is built by hand after its layers are known."""

# %% q3
network = keras.Sequential(
    [
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
network.build((None, 784))
