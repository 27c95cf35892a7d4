"""
tries: to be killed by the system for want of memory, so that it counts as the machine's fault
holds: it has itself to blame
puts: q2
expects: q1=2 q2=0 q3=0..5
"""

import mmap
import os
import signal
import time

try:  # whoever is killed first shall be this process
    open("/proc/self/oom_score_adj", "w").write("1000")
except OSError:
    pass
areas = []
for _ in range(64):
    if os.fork() == 0:
        areas.append(bytearray(b"x" * (128 << 20)))
        time.sleep(30)
        os._exit(0)
time.sleep(1.5)
os.kill(os.getpid(), signal.SIGKILL)
