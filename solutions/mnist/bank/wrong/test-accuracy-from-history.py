"""The last epoch's training accuracy is taken for the test accuracy.

fails.q7 = ["they_are_what_the_trained_network_scores"]
"""

# %% q7
test_loss = history.history["loss"][-1]
test_acc = history.history["accuracy"][-1]
print("trained: loss", test_loss, "accuracy", test_acc)
