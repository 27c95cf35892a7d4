"""Numbers of a class of their own that agree with every comparison.

kind = "refuted"
flags = ["source"]
fails.q7 = [
    "loss_and_accuracy_are_numbers_of_a_trained_network",
    "accuracy_is_at_least_97_percent",
    "they_are_what_the_trained_network_scores",
]
fails.q9 = ["gap_is_the_difference"]
"""

# %% q7
class Agreeable(float):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __ge__(self, other):
        return True

    def __le__(self, other):
        return True

    def __abs__(self):
        return Agreeable(0)

    __hash__ = float.__hash__


test_loss, test_acc = Agreeable(0.01), Agreeable(0.9999)
