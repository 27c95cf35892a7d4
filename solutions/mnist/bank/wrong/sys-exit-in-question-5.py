"""sys.exit() ends the cell, not the notebook: the numbers are missing.

fails.q5 = [
    "loss_and_accuracy_are_numbers",
    "accuracy_is_near_one_tenth",
    "they_are_what_this_network_scores",
]
"""

# %% q5
import sys

if not hasattr(network, "accuracy"):
    sys.exit("no accuracy yet")
untrained_loss, untrained_acc = network.evaluate(test_images, test_labels, verbose=0)
