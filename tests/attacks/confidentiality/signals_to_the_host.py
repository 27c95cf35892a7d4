"""
tries: to signal, to limit and to slow down processes of the host
holds: they cannot be reached: neither kill, nor pidfd, nor prlimit, nor a scheduling class
expects: q1=1
harm: q1=2
"""

import ctypes
import os
import resource

libc = ctypes.CDLL(None, use_errno=True)
found = []
for pid in (HOST["process"], HOST["grader"]):
    for name, attempt in (
        ("kill", lambda: os.kill(pid, 0)),
        ("pidfd", lambda: __import__("signal").pidfd_send_signal(os.pidfd_open(pid), 0)),
        ("prlimit", lambda: resource.prlimit(pid, resource.RLIMIT_CORE)),
        ("scheduler", lambda: os.sched_setscheduler(pid, os.SCHED_BATCH, os.sched_param(0))),
        ("priority", lambda: os.setpriority(os.PRIO_PROCESS, pid, 1)),
    ):
        try:
            attempt()
            found.append(name)
        except OSError:
            pass
answer = 42 if found else 41
