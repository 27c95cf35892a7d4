"""`grader` is replaced by an object whose check prints good news.

kind = "refuted"
fails.q8 = ["predictions_are_those_of_this_network"]
fails.q9 = [
    "gap_is_the_difference",
    "training_accuracy_is_that_of_this_network",
]
"""

# %% before q8
class Friendly:
    def check(self, question):
        print(f"{question} results: All test cases passed!")

    check_all = export = check


grader = Friendly()

# %% q8
probabilities = test_labels
predicted_digits = raw_test_labels

# %% q9
train_acc, gap = 0.9999, 0.0
