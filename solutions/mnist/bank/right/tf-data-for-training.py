"""A tf.data set that is shuffled and cut into batches of 128."""

# %% q6
import tensorflow as tf

train_set = tf.data.Dataset.from_tensor_slices((train_images, train_labels))
train_set = train_set.shuffle(10_000).batch(128)
print(int(train_set.cardinality()), "batches")
history = network.fit(train_set, epochs=5)
