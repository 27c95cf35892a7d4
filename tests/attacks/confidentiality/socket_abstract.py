"""
tries: to connect to a process of the host by an abstract Unix socket
holds: the network namespace, or Landlock's scope, has no such socket
expects: q1=1
harm: q1=2
"""

import socket

try:
    socket.socket(socket.AF_UNIX).connect("\0" + HOST["abstract"])
    answer = 42
except OSError:
    answer = 41
