"""A Sequential model that grows with add; compiled on three lines; verbose=2."""

# %% q3
# network: 784 inputs, then 512 units with relu, then 10 units with softmax
network = keras.models.Sequential()
network.add(keras.layers.Input(shape=(784,)))
network.add(keras.layers.Dense(512, activation="relu"))
network.add(keras.layers.Dense(10, activation="softmax"))

# %% q4
network.compile(
    optimizer="rmsprop",
    loss="categorical_crossentropy",
    metrics=["accuracy"],
)

# %% q6
history = network.fit(
    train_images,
    train_labels,
    epochs=5,
    batch_size=128,
    verbose=2,
)
