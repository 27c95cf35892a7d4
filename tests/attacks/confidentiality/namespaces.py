"""
tries: to get new namespaces, with them capabilities, and to mount: unshare, setns, clone, clone3
holds: every way is refused
expects: q1=1
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
found = []
for flag in (0x80, 0x20000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000):
    if libc.unshare(flag) == 0:
        found.append(f"unshare {flag:#x}")
    if flag != 0x80:
        pid = libc.syscall(56, flag | 17, 0, 0, 0, 0)
        if pid == 0:
            os._exit(0)
        if pid > 0:
            found.append(f"clone {flag:#x}")
    arguments = (ctypes.c_uint64 * 8)(flag, 0, 0, 0, 17)
    pid = libc.syscall(435, ctypes.byref(arguments), 64)
    if pid == 0:
        os._exit(0)
    if pid > 0:
        found.append(f"clone3 {flag:#x}")
try:
    kinds = os.listdir("/proc/self/ns")
except OSError:
    kinds = []
for kind in kinds:
    try:
        fd = os.open(f"/proc/1/ns/{kind}", os.O_RDONLY)
    except OSError:
        continue
    if libc.setns(fd, 0) == 0:
        found.append(f"setns {kind}")
for call in (
    (165, b"none", b"/tmp", b"tmpfs", 0, 0),
    (166, b"/proc", 2),
    (428, -100, b"/", 1),
    (430, b"tmpfs", 0),
    (442, -100, b"/", 0, 0, 0),
    (467, -100, b"/", 1, 0, 0),
):
    if libc.syscall(*call) >= 0:
        found.append(f"mount call {call[0]}")
answer = 42 if found else 41
