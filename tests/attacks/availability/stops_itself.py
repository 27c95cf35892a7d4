"""
tries: SIGSTOP to its own process, so that it never answers and never ends
holds: the kernel is ended; what came before counts
puts: q2
expects: q1=2 q2=0 q3=0
"""

import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
