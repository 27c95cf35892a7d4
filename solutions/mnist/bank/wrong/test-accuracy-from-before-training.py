"""The numbers of question 5 are used again.

fails.q7 = ["accuracy_is_at_least_97_percent", "they_are_what_the_trained_network_scores"]
"""

# %% q7
test_loss, test_acc = untrained_loss, untrained_acc
print("trained: loss", test_loss, "accuracy", test_acc)
