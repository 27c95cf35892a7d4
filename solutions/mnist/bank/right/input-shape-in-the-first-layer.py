"""The older way to say the shape, as many books have it."""

# %% q3
from keras import layers, models

network = models.Sequential()
network.add(layers.Dense(512, activation="relu", input_shape=(28 * 28,)))
network.add(layers.Dense(10, activation="softmax"))

# %% q6
history = network.fit(train_images, train_labels, epochs=5, batch_size=128)
print(history.history["loss"])
