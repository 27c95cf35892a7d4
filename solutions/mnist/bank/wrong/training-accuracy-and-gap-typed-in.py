"""Both numbers are typed in.

fails.q9 = [
    "gap_is_the_difference",
    "training_accuracy_is_that_of_this_network",
]
"""

# %% q9
train_acc = 0.999
gap = 0.05
print("training accuracy", train_acc, "gap", gap)
