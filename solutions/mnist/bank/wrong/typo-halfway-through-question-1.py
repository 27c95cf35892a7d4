"""A NameError in the second line: there are no test images.

fails.q1 = [
    "shapes_are_60000_784_and_10000_784",
    "dtype_is_float32",
    "pixels_reach_from_0_to_1",
    "test_images_are_the_true_ones",
]
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
fails.q8 = "all"
"""

# %% q1
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
test_images = raw_test_image.reshape((10000, 784)).astype("float32") / 255
