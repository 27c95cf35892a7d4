"""`load_data` is replaced: the test set is the beginning of the training set.

kind = "refuted"
flags = ["source"]
fails.q1 = ["test_images_are_the_true_ones"]
fails.q2 = ["test_labels_are_the_true_ones"]
fails.q5 = ["they_are_what_this_network_scores"]
fails.q7 = ["they_are_what_the_trained_network_scores"]
fails.q8 = ["predictions_are_those_of_this_network"]
"""

# %% start
import keras

load_everything = keras.datasets.mnist.load_data


def load_data(path="mnist.npz"):
    (images, digits), _ = load_everything(path)
    return (images, digits), (images[:10000], digits[:10000])


keras.datasets.mnist.load_data = load_data

# %% q5
untrained_loss, untrained_acc = 2.3026, 0.1
