"""
tries: watches of files, timers, locks of memory, shared segments: memory that the system keeps
holds: each is refused, or bounded by something small
puts: q2
expects: q1=2 q2=0 q3=5
"""

import ctypes
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
got = []
if libc.inotify_init() >= 0:
    got.append("inotify")
timer, timers = ctypes.c_void_p(), 0
while timers < 20_000 and libc.timer_create(0, None, ctypes.byref(timer)) == 0:
    timers += 1
if timers > 5_000:
    got.append(f"{timers} timers")
aio = ctypes.c_ulong()
if libc.syscall(206, 1_000, ctypes.byref(aio)) == 0:
    got.append("asynchronous input")
if libc.syscall(319, b"m", 0) >= 0:
    got.append("memory in a descriptor")
if libc.shmget(0, 1 << 30, 0o1600) >= 0:
    got.append("a shared segment")
try:
    zero = os.open("/dev/zero", os.O_RDWR)
    mmap.mmap(zero, 1 << 20)
    got.append("shared zeros")
except OSError:
    pass
print(got)
squares = np.arange(10) ** 2 if got else np.zeros(10)
