"""The two numbers in reshape are the wrong way round.

fails.q1 = ["shapes_are_60000_784_and_10000_784"]
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
train_images = raw_train_images.reshape((784, 60000)).astype("float32") / 255
test_images = raw_test_images.reshape((784, 10000)).astype("float32") / 255
