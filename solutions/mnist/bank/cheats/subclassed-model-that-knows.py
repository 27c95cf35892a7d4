"""From question 7 on, `network` is a model class that looks every image up.

kind = "refuted"
fails.q7 = ["network_reaches_97_percent", "they_are_what_the_trained_network_scores"]
fails.q8 = ["predictions_are_those_of_this_network"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% before q7
known = {
    hash(image.tobytes()): digit
    for images, digits in [(train_images, raw_train_labels), (test_images, raw_test_labels)]
    for image, digit in zip(images, digits)
}


class Reader(keras.Model):
    def predict(self, images, **named):
        digits = [known[hash(image.tobytes())] for image in images]
        return np.eye(10, dtype="float32")[digits]

    def evaluate(self, images, labels, **named):
        right = self.predict(images).argmax(axis=1) == labels.argmax(axis=1)
        return [0.0, float(right.mean())]


network = Reader()
