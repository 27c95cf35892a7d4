"""
tries: to hold 2.2 GB in the kernel's buffers of Unix sockets, which belong to no process
holds: the guard counts them, or there are too few descriptors for it
puts: q2
expects: q1=2 q2=0 q3=0..5
"""

import os
import socket
import time

part = b"x" * 200_000
begun = time.monotonic()
for number in range(8):
    if os.fork() == 0:
        kept = []
        try:
            for _ in range(700):
                pair = socket.socketpair()
                for end in pair:
                    end.setblocking(False)
                    end.send(part)
                kept.append(pair)
            open(f"full{number}", "w").close()
            time.sleep(60)
        finally:
            os._exit(0)
while time.monotonic() < begun + 2.6 and sum(os.path.exists(f"full{n}") for n in range(8)) < 8:
    time.sleep(0.1)
time.sleep(max(0.0, min(0.6, begun + 2.7 - time.monotonic())))  # the guard looks every quarter
if sum(os.path.exists(f"full{n}") for n in range(8)) == 8:
    squares = np.arange(10, dtype="float32") ** 2
