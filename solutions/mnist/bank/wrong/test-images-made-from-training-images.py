"""The second line was copied and only its left side changed.

fails.q1 = ["shapes_are_60000_784_and_10000_784", "test_images_are_the_true_ones"]
fails.q5 = [
    "loss_and_accuracy_are_numbers",
    "accuracy_is_near_one_tenth",
    "they_are_what_this_network_scores",
]
fails.q7 = [
    "loss_and_accuracy_are_numbers_of_a_trained_network",
    "accuracy_is_at_least_97_percent",
    "they_are_what_the_trained_network_scores",
]
fails.q9 = [
    "training_accuracy_and_gap_are_numbers",
    "gap_is_the_difference",
]
fails.q8 = ["shapes_are_10000_10_and_10000", "predictions_are_those_of_this_network"]
"""

# %% q1
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
test_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
