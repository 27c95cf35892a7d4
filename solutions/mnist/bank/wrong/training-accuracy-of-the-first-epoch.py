"""The first entry of the history instead of the last.

fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q9
train_acc = history.history["accuracy"][0]
gap = train_acc - test_acc
print("training accuracy", train_acc, "gap", gap)
