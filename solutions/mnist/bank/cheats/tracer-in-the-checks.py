"""A tracer changes the local variables of the test functions when they are called.

kind = "refuted"
flags = ["source"]
fails.q7 = ["accuracy_is_at_least_97_percent", "they_are_what_the_trained_network_scores"]
"""

# %% q7
import sys


def better(frame, event, argument):
    if frame.f_code.co_name.startswith("test_") and "test_acc" in frame.f_locals:
        frame.f_locals["test_acc"] = 0.9999
    return None


test_loss, test_acc = 0.9, 0.5
sys.settrace(better)

# %% after q7
sys.settrace(None)
