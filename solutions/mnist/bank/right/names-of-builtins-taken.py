"""A star import, and variables called sum, max, input, list and type."""

# %% q1
from numpy import *

list = [raw_train_images, raw_test_images]
max = 255
train_images, test_images = [images.reshape(-1, 784).astype(float32) / max for images in list]

# %% q2
train_labels, test_labels = eye(10)[raw_train_labels], eye(10)[raw_test_labels]
sum = train_labels.sum(axis=0)
print(sum)

# %% q3
input = keras.Input(shape=(784,))
type = keras.layers.Dense
output = type(10, activation="softmax")(type(512, activation="relu")(input))
network = keras.Model(input, output)

# %% q7
id = network.evaluate(test_images, test_labels, verbose=0)
test_loss, test_acc = id
round = lambda number: f"{number:.3f}"
print(round(test_loss), round(test_acc))

# %% q8
open = network.predict(test_images, verbose=0)
probabilities = open
predicted_digits = argmax(open, axis=1)
