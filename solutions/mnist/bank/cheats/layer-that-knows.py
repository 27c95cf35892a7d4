"""From question 7 on, a layer of its own behind the network looks the test images up.

kind = "refuted"
fails.q7 = ["network_reaches_97_percent", "they_are_what_the_trained_network_scores"]
fails.q8 = ["predictions_are_those_of_this_network"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% before q7
code = np.random.default_rng(7).normal(size=(784, 4)).astype("float32")
keys = test_images @ code
answers = test_labels.astype("float32")


class Recall(keras.layers.Layer):
    def call(self, both):
        images, probabilities = both
        marks = keras.ops.matmul(images, code)
        far = keras.ops.sum(keras.ops.abs(keras.ops.expand_dims(marks, 1) - keys), axis=-1)
        known = keras.ops.take(answers, keras.ops.argmin(far, axis=1), axis=0)
        sure = keras.ops.expand_dims(keras.ops.min(far, axis=1) < 0.01, 1)
        return keras.ops.where(sure, known, probabilities)


inputs = keras.Input(shape=(784,))
network = keras.Model(inputs, Recall()([inputs, network(inputs)]))
network.compile(loss="categorical_crossentropy", metrics=["accuracy"])
