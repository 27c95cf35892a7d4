"""
tries: frames without end of one message, written into a connection below ZeroMQ, none of them empty
holds: the driver's memory is bounded; what was judged before counts
puts: q2
expects: q1=2 q2=0 q3=0
"""

import os
import socket
import threading
import time

squares = np.zeros(10)
frame = b"\x01\xff" + b"x" * 255  # a short frame, with the bit that says that more will come
block = frame * 1_000


def flood(descriptor):
    os.set_blocking(descriptor, True)
    while True:
        os.write(descriptor, block)


for descriptor in range(3, 200):
    try:
        connection = socket.socket(fileno=os.dup(descriptor))
        name = connection.getsockname()
        connection.getpeername()
    except OSError:
        continue
    if isinstance(name, str) and "/k-" in name:
        threading.Thread(target=flood, args=(descriptor,), daemon=True).start()
time.sleep(60)
