"""tensorflow.keras, tensors, a functional network, validation, dictionaries and tensors again."""

# %% q1
import tensorflow as tf


@tf.function
def as_rows(images):
    return tf.reshape(tf.cast(images, tf.float32), (-1, 784)) / 255.0


train_images = as_rows(raw_train_images).numpy()
test_images = as_rows(tf.constant(raw_test_images))

# %% q2
train_labels = tf.one_hot(raw_train_labels, 10, dtype=tf.uint8).numpy()
test_labels = keras.utils.to_categorical(raw_test_labels.tolist(), num_classes=10).astype(bool)

# %% q3
pixels = tf.keras.Input(shape=(784,), name="pixels")
hidden = tf.keras.layers.Dense(512, kernel_initializer="he_uniform", name="hidden")(pixels)
hidden = tf.keras.layers.Activation("relu", name="bend")(hidden)
digits = tf.keras.layers.Dense(10, activation="softmax", name="digits")(hidden)
network = tf.keras.Model(inputs=pixels, outputs=digits, name="many_styles")

# %% q4
network.compile(
    optimizer=tf.keras.optimizers.RMSprop(1e-3),
    loss=tf.keras.losses.CategoricalCrossentropy(name="surprise"),
    metrics=["acc", tf.keras.metrics.CategoricalAccuracy(name="again")],
)

# %% q5
result = network.evaluate(test_images, test_labels, batch_size=200, return_dict=True)
untrained_loss, untrained_acc = (float(result[name]) for name in ("loss", "acc"))

# %% q6
# %%time
history = network.fit(
    train_images,
    train_labels,
    epochs=5,
    batch_size=128,
    verbose=2,
    validation_data=(test_images, test_labels),
    callbacks=[keras.callbacks.TerminateOnNaN()],
)

# %% q7
test_loss, test_acc, _ = network.evaluate(test_images, test_labels)

# %% q8
probabilities = network(test_images)
predicted_digits = tf.argmax(probabilities, axis=-1, output_type=tf.int32)

# %% q9
train_acc = network.evaluate(train_images, train_labels, return_dict=True)["again"]
gap = np.float64(train_acc) - np.float64(test_acc)
