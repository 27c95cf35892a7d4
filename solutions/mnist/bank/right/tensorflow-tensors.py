"""TensorFlow's functions instead of NumPy's: everything stays a tensor."""

# %% q1
import tensorflow as tf

train_images = tf.cast(tf.reshape(raw_train_images, (60000, 784)), tf.float32) / 255
test_images = tf.cast(tf.reshape(raw_test_images, (10000, 784)), tf.float32) / 255

# %% q2
train_labels = tf.one_hot(raw_train_labels, 10)
test_labels = tf.one_hot(raw_test_labels, depth=10)

# %% q8
probabilities = network(test_images, training=False)
predicted_digits = tf.argmax(probabilities, axis=1)

# %% q9
train_loss, train_acc = network.evaluate(train_images, train_labels, verbose=0)
gap = tf.constant(train_acc) - tf.constant(test_acc)
