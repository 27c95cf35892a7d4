"""
tries: an endless loop that catches every exception, with SIGINT ignored and all signals blocked
holds: the kernel is ended; what came before counts
puts: q2
expects: q1=2 q2=0 q3=0; did not react to an interrupt
"""

import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
