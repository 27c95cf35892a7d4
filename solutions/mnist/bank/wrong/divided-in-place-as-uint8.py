"""Whole numbers cannot be divided in place: the cell raises before anything is made.

fails.q1 = "all"
fails.q5 = [
    "loss_and_accuracy_are_numbers",
    "accuracy_is_near_one_tenth",
    "they_are_what_this_network_scores",
]
fails.q6 = "all"
fails.q7 = "all"
fails.q9 = "all"
fails.q8 = "all"
"""

# %% q1
raw_train_images /= 255
raw_test_images /= 255
train_images = raw_train_images.reshape((60000, 784)).astype("float32")
test_images = raw_test_images.reshape((10000, 784)).astype("float32")
