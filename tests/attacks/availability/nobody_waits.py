"""
tries: to use processor time in children that nobody waits for, and end before anyone sees them
holds: the submission is graded as if they were seen
puts: q2
expects: q1=2 q2=0 q3=5
"""

import os
import signal
import time

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
squares, end = np.zeros(10), time.monotonic() + 2
while time.monotonic() < end:
    if os.fork() == 0:
        stop = time.process_time() + 0.1
        while time.process_time() < stop:
            pass
        os._exit(0)
    try:
        os.wait()
    except ChildProcessError:
        pass
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
