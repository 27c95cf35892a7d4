"""evaluate returns the loss first.

fails.q5 = [
    "loss_and_accuracy_are_numbers",
    "accuracy_is_near_one_tenth",
    "they_are_what_this_network_scores",
]
"""

# %% q5
untrained_acc, untrained_loss = network.evaluate(test_images, test_labels, verbose=0)
