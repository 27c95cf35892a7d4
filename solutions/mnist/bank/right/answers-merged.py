"""Two answers in one cell: q1 with q2, q3 with q4, and q7 to q9."""

# %% q1
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 255
train_labels = keras.utils.to_categorical(raw_train_labels, 10)
test_labels = keras.utils.to_categorical(raw_test_labels, 10)

# %% q2

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
network.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])

# %% q4
# done above

# %% q7
test_loss, test_acc = network.evaluate(test_images, test_labels, verbose=0)
probabilities = network.predict(test_images, verbose=0)
predicted_digits = probabilities.argmax(axis=1)
train_loss, train_acc = network.evaluate(train_images, train_labels, verbose=0)
gap = train_acc - test_acc

# %% q8

# %% q9
