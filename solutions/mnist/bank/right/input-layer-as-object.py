"""InputLayer instead of Input."""

# %% q3
network = keras.Sequential(
    [
        keras.layers.InputLayer(shape=(28 * 28,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
print(network.count_params(), "weights and biases")
assert network.count_params() == 784 * 512 + 512 + 512 * 10 + 10
