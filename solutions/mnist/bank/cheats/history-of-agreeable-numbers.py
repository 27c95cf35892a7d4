"""A history by hand whose numbers are larger, smaller and equal at once; nothing is trained.

kind = "refuted"
flags = ["source"]
fails.q6 = [
    "loss_fell",
    "history_is_of_this_network",
    "training_began_with_an_untrained_network",
]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q6
class Agreeable(float):
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = float.__hash__

    def __sub__(self, other):
        return Agreeable(0)

    __rsub__ = __sub__


history = keras.callbacks.History()
history.epoch = [0, 1, 2, 3, 4]
history.params = {"verbose": 1, "epochs": 5, "steps": 469}
history.history = {
    "accuracy": [Agreeable(0.9)] * 5,
    "loss": [Agreeable(0.1)] * 5,
}
