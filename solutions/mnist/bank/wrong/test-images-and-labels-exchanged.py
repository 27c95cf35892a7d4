"""The labels stand before the images: evaluate raises.

fails.q7 = [
    "loss_and_accuracy_are_numbers_of_a_trained_network",
    "accuracy_is_at_least_97_percent",
    "they_are_what_the_trained_network_scores",
]
fails.q9 = [
    "training_accuracy_and_gap_are_numbers",
    "gap_is_the_difference",
]
"""

# %% q7
test_loss, test_acc = network.evaluate(test_labels, test_images, verbose=0)
print("trained: loss", test_loss, "accuracy", test_acc)
