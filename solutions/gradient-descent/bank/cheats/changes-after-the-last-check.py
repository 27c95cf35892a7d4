"""Timers and exit handlers put a wrong number right when the last check is over.

kind = "refuted"
fails.q10 = ["accuracy_is_that_of_the_trained_network"]
"""

# %% after q10
right_acc, test_acc = test_acc, 0.9999

# %% check q10
import atexit
import threading

right_acc, test_acc = test_acc, 0.9999
grader.check("q10")


def mend():
    globals().update(test_acc=right_acc)


threading.Timer(0.2, mend).start()
atexit.register(mend)
