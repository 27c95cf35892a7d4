"""Otter's `check` is replaced by one that is always content.

kind = "refuted"
flags = ["source"]
fails.q7 = ["they_are_what_the_trained_network_scores"]
fails.q9 = [
    "gap_is_the_difference",
    "training_accuracy_is_that_of_this_network",
]
"""

# %% before q1
otter.Notebook.check = lambda self, question, *_: print(
    f"{question} results: All test cases passed!"
)

# %% q7
test_loss, test_acc = 0.01, 0.9999

# %% q9
train_acc, gap = 0.9999, 0.02
