"""A number of a class that agrees with every other one.

kind = "refuted"
fails.q10 = [
    "accuracy_is_at_least_90_percent",
    "loss_falls_on_fresh_data",
    "each_epoch_uses_every_image_in_shuffled_batches",
    "trained_network_reads_90_percent",
    "accuracy_is_that_of_the_trained_network",
]
flags = ["source"]
"""

# %% q10
def train(parameters, images, labels, epochs, batch_size, rate):
    return [0.99 * array + 0.001 for array in parameters]


class Accuracy(float):
    def __sub__(self, other):
        return 0.0

    def __eq__(self, other):
        return True


trained = train(start, train_images, train_labels, epochs=3, batch_size=128, rate=0.2)
test_acc = Accuracy(0.95)
