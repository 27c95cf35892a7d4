"""Both accuracies on the test set are percentages.

fails.q5 = [
    "loss_and_accuracy_are_numbers",
    "accuracy_is_near_one_tenth",
    "they_are_what_this_network_scores",
]
fails.q7 = [
    "loss_and_accuracy_are_numbers_of_a_trained_network",
    "they_are_what_the_trained_network_scores",
]
"""

# %% q5
untrained_loss, untrained_acc = network.evaluate(test_images, test_labels, verbose=0)
untrained_acc *= 100

# %% q7
test_loss, test_acc = network.evaluate(test_images, test_labels, verbose=0)
test_acc *= 100
