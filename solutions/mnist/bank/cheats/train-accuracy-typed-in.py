"""The training accuracy is typed in; the gap is computed from it.

kind = "refuted"
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q9
train_acc = 0.9999
gap = train_acc - test_acc

print("training accuracy", train_acc, "gap", gap)
