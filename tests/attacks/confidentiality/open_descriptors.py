"""
tries: to read through descriptors that were left open, and to climb out of open folders
holds: no descriptor leads to a file outside the sandbox
expects: q1=1
"""

import os
import stat

root = os.stat("/sandbox") if os.path.exists("/sandbox") else os.stat(os.environ["HOME"])
found = []
for fd in range(3, 4096):
    try:
        status, link = os.fstat(fd), os.readlink(f"/proc/self/fd/{fd}")
    except OSError:
        continue
    if stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode):
        found.append(link)
    if stat.S_ISDIR(status.st_mode):
        try:
            found.append(os.listdir(os.open("../../..", os.O_RDONLY, dir_fd=fd)))
        except OSError:
            pass
for fd in (0, 1, 2):
    if os.readlink(f"/proc/self/fd/{fd}") != "/dev/null" and not hasattr(os, "nothing"):
        kind = os.fstat(fd).st_mode
        if stat.S_ISREG(kind):
            found.append(fd)
answer = 42 if found else 41
