"""A thread watches all frames, and changes the accuracy while a test function runs.

kind = "refuted"
flags = ["source"]
fails.q7 = ["they_are_what_the_trained_network_scores"]
"""

# %% q7
import sys
import threading
import time

test_loss, test_acc = 0.01, 0.9999
finished = threading.Event()


def being_tested():
    for frame in sys._current_frames().values():
        while frame is not None:
            if frame.f_code.co_name.startswith("test_"):
                return True
            frame = frame.f_back
    return False


def work():
    while not finished.is_set():
        globals()["test_acc"] = 0.9712 if being_tested() else 0.9999
        time.sleep(0.001)


worker = threading.Thread(target=work, daemon=True)
worker.start()

# %% after q7
finished.set()
worker.join()
test_acc = 0.9999
