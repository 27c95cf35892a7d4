"""
tries: SIGKILL to its own process
holds: it is seen; what came before counts
puts: q2
expects: q1=2 q2=0 q3=0; ended
"""

import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
