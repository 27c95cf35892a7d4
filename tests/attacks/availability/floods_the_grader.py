"""
tries: messages of 64 MB on the channels, to fill the memory of the process that reads them
holds: the grader's memory grows by less than the submission may use
puts: q2
expects: q1=2 q2=0 q3=0..5
"""

import threading

squares = np.zeros(10)
kernel = get_ipython().kernel
big = b"x" * (64 << 20)
ident = [get_ipython().get_parent()["header"]["session"].encode()]
stdin = kernel.stdin_socket
for _ in range(12):
    try:
        stdin.send_multipart([*ident, big], copy=False)
    except Exception:
        break
import time

time.sleep(2)
