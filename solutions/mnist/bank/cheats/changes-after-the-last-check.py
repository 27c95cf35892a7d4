"""Timers and exit handlers put a wrong number right when the last check is over.

kind = "refuted"
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q9
train_acc = 0.5
gap = train_acc - test_acc

# %% after q9
import atexit
import threading

_, measured = network.evaluate(train_images, train_labels, verbose=0)


def mend():
    globals().update(train_acc=measured, gap=measured - test_acc)


threading.Timer(0.2, mend).start()
atexit.register(mend)
