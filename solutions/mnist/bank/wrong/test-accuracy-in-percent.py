"""The accuracy is written as a percentage.

fails.q7 = [
    "loss_and_accuracy_are_numbers_of_a_trained_network",
    "they_are_what_the_trained_network_scores",
]
"""

# %% q7
test_loss, test_acc = network.evaluate(test_images, test_labels, verbose=0)
test_acc = 100 * test_acc
print(f"{test_acc:.2f} % of the test images are read correctly")
