"""The first four questions are right; the rest was never filled in.

fails.q5 = [
    "loss_and_accuracy_are_numbers",
    "accuracy_is_near_one_tenth",
    "they_are_what_this_network_scores",
]
fails.q6 = "all"
fails.q7 = "all"
fails.q8 = "all"
fails.q9 = "all"
"""

# %% q5
# evaluate the untrained network on test_images and test_labels
untrained_loss = ...
untrained_acc = ...

print("untrained: loss", untrained_loss, "accuracy", untrained_acc)

# %% q6
# train on train_images and train_labels, and keep what fit returns
history = ...

# %% q7
# evaluate the trained network on test_images and test_labels
test_loss = ...
test_acc = ...

print("trained: loss", test_loss, "accuracy", test_acc)

# %% q8
# probabilities: shape (10000, 10), one row for each test image
probabilities = ...
# predicted_digits: shape (10000,), the column of the largest probability in each row
predicted_digits = ...

# %% q9
# train_acc: the accuracy on train_images and train_labels, as a number
train_acc = ...
# gap: how much higher it is than test_acc
gap = ...

print("training accuracy", train_acc, "gap", gap)
