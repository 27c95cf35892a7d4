"""
tries: to leave the root folder: /proc/1/root, .., chroot with an open folder, file handles
holds: the host's files are not behind any of these paths
expects: q1=1
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
found = []
roots = [
    "/proc/1/root",
    "/proc/self/root",
    "/proc/self/task/1/root",
    "/..",
    "/proc/1/cwd",
    "/" + "../" * 40,
]
for root in roots:
    for path in (HOST["file"], "/etc/shadow", HOST["staff"] + "/judging.py"):
        try:
            with open(root + path, "rb") as file:
                found.append(file.read(1))
        except OSError:
            pass
try:
    held = os.open("/", os.O_RDONLY)
except OSError:
    held = os.open(".", os.O_RDONLY)
os.makedirs("jail", exist_ok=True)
if libc.chroot(b"jail") == 0:
    found.append("chroot")
os.close(held)
handle = ctypes.create_string_buffer(b"\x08\0\0\0\x01\0\0\0\x02" + bytes(64))
at = os.open(".", os.O_RDONLY)
if libc.syscall(304, at, handle, os.O_RDONLY) >= 0:
    found.append("open_by_handle_at")
os.close(at)
answer = 42 if found else 41
