"""
tries: processes that serve the judge, refuse to end with it, and multiply
holds: they end with the sandbox
expects: q1=0 q2=0..3 q3=0..5
"""

import os
import time


def stay(*_):
    while True:
        time.sleep(1)


class Loud:
    def __repr__(self):
        for _ in range(9):
            os.fork()
        stay()


os._exit = stay
os.waitpid = lambda pid, flags: (pid, 0)
answer = Loud()
