"""
tries: to change earlier answers after their checkpoint, by threads, timers and exit handlers
holds: each question is judged as it stood; state that a later cell may see is the student's own
others: wrong
expects: q1=1 q2=0 q3=0
"""

import atexit
import signal
import threading
import time
import weakref

answer = 41


def later(*_):
    globals()["grader"] = None


class Last:
    pass


last = Last()
weakref.finalize(last, later)
atexit.register(later)
threading.Timer(0.05, later).start()
signal.signal(signal.SIGALRM, later)
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
