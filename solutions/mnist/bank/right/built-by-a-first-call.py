"""No Input: the network is built when it sees the first images."""

# %% q3
network = keras.Sequential(
    [
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
# a first look, so that it knows its inputs
first = network(train_images[:1])
print(first.numpy().round(3))
