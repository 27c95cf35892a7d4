"""
tries: to connect to a service that listens on the host's loopback
holds: there is no network
expects: q1=1
harm: q1=2
"""

import socket

try:
    socket.create_connection(("127.0.0.1", HOST["port"]), timeout=1)
    answer = 42
except OSError:
    answer = 41
