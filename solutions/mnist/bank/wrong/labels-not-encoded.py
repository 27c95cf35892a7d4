"""The labels are still digits; the loss wants one-hot rows.

fails.q2 = "all"
fails.q5 = [
    "loss_and_accuracy_are_numbers",
    "accuracy_is_near_one_tenth",
    "they_are_what_this_network_scores",
]
fails.q6 = "all"
fails.q7 = "all"
fails.q9 = "all"
"""

# %% q2
train_labels = raw_train_labels
test_labels = raw_test_labels
