"""TensorFlow's own conversion of images divides by 255."""

# %% q1
import tensorflow as tf

train_images = tf.image.convert_image_dtype(raw_train_images, tf.float32)
train_images = tf.reshape(train_images, [-1, 784]).numpy()
test_images = tf.image.convert_image_dtype(raw_test_images, tf.float32)
test_images = tf.reshape(test_images, [-1, 784]).numpy()

# %% q2
train_labels = tf.one_hot(raw_train_labels, 10, dtype=tf.int32).numpy()
test_labels = tf.one_hot(raw_test_labels, 10, dtype=tf.int32).numpy()
