"""
tries: a thread that connects to the judge before the probe does, and answers whatever is asked
holds: what it says is a claim like any other; a comparison is never asked
expects: q1=0 q2=0..3 q3=0..5
"""

import os
import socket
import threading
import time

base = os.path.dirname(os.environ["HOME"]) + "/out"
TRUE = b'{"id": 1, "printed": "", "blobs": [], "value": {"t": "bool", "v": true}}'


def connect():
    while True:
        for name in os.listdir(base):
            if name.endswith(".s"):
                try:
                    liar = socket.socket(socket.AF_UNIX)
                    liar.connect(f"{base}/{name}")
                    liar.sendall(len(TRUE).to_bytes(4, "big") + TRUE)
                    time.sleep(1)
                except OSError:
                    pass


class Agreeable:
    __eq__ = lambda self, other: True


threading.Thread(target=connect, daemon=True).start()
answer = Agreeable()
