"""
tries: to connect to a process of the host by a Unix socket in the file system
holds: no such file is visible
levels: full
expects: q1=1
harm: q1=2
"""

import glob
import socket

answer = 41
for path in [HOST["socket"], *glob.glob("/run/**/*.sock", recursive=True)]:
    try:
        socket.socket(socket.AF_UNIX).connect(path)
        answer = 42
    except OSError:
        pass
