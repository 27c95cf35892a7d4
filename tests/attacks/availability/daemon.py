"""
tries: to leave a process behind: forked twice, with a session of its own, signals ignored
holds: at the end no process is left
expects: q1=1
"""

import os
import signal
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        os.closerange(0, 4096)
        os.execv("/bin/sleep", ["sleep", "300"])
    os._exit(0)
time.sleep(0.2)
answer = 41
