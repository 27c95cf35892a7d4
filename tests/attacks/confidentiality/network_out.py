"""
tries: to make a socket of any family that leads out: internet, netlink, packet, virtual machine
holds: every family but Unix is refused
expects: q1=1
"""

import socket

found = []
for family in range(2, 46):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind).close()
            found.append((family, kind))
        except OSError:
            pass
try:
    found.append(socket.getaddrinfo("localhost.invalid", 80))
except OSError:
    pass
answer = 42 if found else 41
