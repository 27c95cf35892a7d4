"""tf.nn.relu and tf.nn.softmax as activations."""

# %% q3
import tensorflow as tf

network = keras.Sequential(
    [
        keras.Input((784,)),
        keras.layers.Dense(512, activation=tf.nn.relu),
        keras.layers.Dense(10, activation=tf.nn.softmax),
    ]
)

# %% q8
probabilities = network.predict(test_images, verbose=0)
predicted_digits = tf.math.argmax(probabilities, axis=-1, output_type=tf.int32).numpy()
