"""Everything from tensorflow.keras, as most tutorials write it."""

# %% q1
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers, models

train_images = raw_train_images.reshape((60000, 28 * 28))
train_images = train_images.astype("float32") / 255
test_images = raw_test_images.reshape((10000, 28 * 28))
test_images = test_images.astype("float32") / 255

# %% q2
from tensorflow.keras.utils import to_categorical

train_labels = to_categorical(raw_train_labels)
test_labels = to_categorical(raw_test_labels)

# %% q3
network = models.Sequential()
network.add(layers.Dense(512, activation="relu", input_shape=(28 * 28,)))
network.add(layers.Dense(10, activation="softmax"))

# %% q4
network.compile(
    optimizer=tf.keras.optimizers.RMSprop(learning_rate=0.001),
    loss=tf.keras.losses.CategoricalCrossentropy(from_logits=False),
    metrics=["accuracy"],
)
