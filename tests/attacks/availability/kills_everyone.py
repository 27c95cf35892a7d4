"""
tries: SIGKILL to every process that it can name: -1, all numbers, its parent, process 1
holds: the grader and the other submissions live
puts: q2
levels: full
expects: q1=2 q2=0 q3=0; ended
"""

import os
import signal

for pid in (1, os.getppid(), HOST["process"], HOST["grader"], *range(2, 3_000)):
    if pid != os.getpid():
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass
try:
    os.kill(-1, signal.SIGKILL)
finally:
    os.kill(os.getpid(), signal.SIGKILL)
