"""
tries: to hold memory in the kernel's buffers of Unix sockets, which belong to no process
holds: the guard counts them, or the number of descriptors keeps them small
puts: q2
expects: q1=2 q2=0 q3=0..5
"""
import os
import socket
import time

part = b"x" * 200_000
for _ in range(7):
    if os.fork() == 0:
        break
kept = []
try:
    while True:
        pair = socket.socketpair()
        for end in pair:
            end.setblocking(False)
            try:
                while True:
                    end.send(part)
            except BlockingIOError:
                pass
        kept.append(pair)
except OSError:
    pass
squares = np.zeros(10)
time.sleep(2)
