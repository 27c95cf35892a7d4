"""The accuracy is formatted and kept as text.

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
test_loss, test_acc = network.evaluate(test_images, test_labels, verbose=0)
test_acc = f"{test_acc:.4f}"
print("accuracy", test_acc)
