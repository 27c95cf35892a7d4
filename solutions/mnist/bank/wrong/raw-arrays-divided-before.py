"""The raw arrays themselves were divided first, so q1 divides a second time.

fails.q1 = [
    "pixels_reach_from_0_to_1",
    "train_images_are_the_true_ones",
    "test_images_are_the_true_ones",
]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% before q1
raw_train_images = raw_train_images / 255
raw_test_images = raw_test_images / 255
