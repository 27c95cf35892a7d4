"""predict returns 10,000 rows, not two numbers: the cell raises.

fails.q5 = [
    "loss_and_accuracy_are_numbers",
    "accuracy_is_near_one_tenth",
    "they_are_what_this_network_scores",
]
"""

# %% q5
untrained_loss, untrained_acc = network.predict(test_images, verbose=0)
