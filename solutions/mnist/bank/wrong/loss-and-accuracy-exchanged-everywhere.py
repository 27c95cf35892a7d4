"""The student believes that evaluate returns the accuracy first.

fails.q5 = [
    "loss_and_accuracy_are_numbers",
    "accuracy_is_near_one_tenth",
    "they_are_what_this_network_scores",
]
fails.q7 = ["accuracy_is_at_least_97_percent", "they_are_what_the_trained_network_scores"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q5
untrained_acc, untrained_loss = network.evaluate(test_images, test_labels, verbose=0)

# %% q7
test_acc, test_loss = network.evaluate(test_images, test_labels, verbose=0)

# %% q9
train_acc, train_loss = network.evaluate(train_images, train_labels, verbose=0)
gap = train_acc - test_acc
