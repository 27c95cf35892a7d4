"""
tries: a chain of processes, each of which forks the next and ends, to outrun who ends them
holds: at the end no process is left
expects: q1=0..1 q2=0..3 q3=0..5
"""

import os
import time

for _ in range(8):
    if os.fork() == 0:
        os.setsid()
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                if os.fork() > 0:
                    os._exit(0)
            except OSError:
                pass
        os._exit(0)
time.sleep(0.3)
answer = 41
