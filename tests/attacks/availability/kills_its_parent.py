"""
tries: to kill the process that would end it, and to live on
holds: at the end no process is left
puts: q2
expects: q1=2 q2=0..1 q3=0..5
"""

import ctypes
import os
import signal
import time

ctypes.CDLL(None).prctl(1, 0)  # PR_SET_PDEATHSIG
squares = np.zeros(10)
try:
    os.kill(os.getppid(), signal.SIGKILL)
except OSError:
    pass
time.sleep(1)
