"""Each answer in several cells, with looks at the values between them."""

# %% q1
train_images = raw_train_images.reshape((60000, 784))

# %% q1
train_images = train_images.astype("float32")

# %% q1
train_images = train_images / 255

# %% q1
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 255
train_images[0, 150:160]

# %% q3
network = keras.Sequential()

# %% q3
network.add(keras.Input(shape=(784,)))
network.add(keras.layers.Dense(512, activation="relu"))

# %% q3
network.add(keras.layers.Dense(10, activation="softmax"))
network.layers

# %% q8
probabilities = network.predict(test_images)
probabilities.shape

# %% q8
predicted_digits = probabilities.argmax(axis=1)
predicted_digits[:10], raw_test_labels[:10]
