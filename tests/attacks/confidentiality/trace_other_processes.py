"""
tries: ptrace, process_vm_readv, pidfd_getfd, kcmp and sched_setaffinity on processes of the host
holds: none of them reaches one
expects: q1=1
harm: q1=2
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
own = os.getpid()
found = []
for pid in {HOST["process"], HOST["grader"], os.getppid(), 1}:
    if libc.ptrace(0x4206, pid, 0, 0) == 0:  # PTRACE_SEIZE
        found.append(f"ptrace {pid}")
    if libc.syscall(312, own, pid, 0, 0, 0) >= 0 and pid not in (1, os.getppid()):
        found.append(f"kcmp {pid}")
    pidfd = libc.syscall(434, pid, 0)
    if pidfd >= 0 and libc.syscall(438, pidfd, 0, 0) >= 0:
        found.append(f"pidfd_getfd {pid}")
    mask = ctypes.c_ulong(1)
    if libc.sched_setaffinity(pid, 8, ctypes.byref(mask)) == 0:
        found.append(f"affinity {pid}")
    local = ctypes.create_string_buffer(8)
    vector = (ctypes.c_void_p * 2)(ctypes.addressof(local), 8)
    remote = (ctypes.c_void_p * 2)(0x400000, 8)
    if libc.process_vm_readv(pid, vector, 1, remote, 1, 0) == 8:
        found.append(f"process_vm_readv {pid}")
answer = 42 if found else 41
