"""
tries: one message of a thousand frames, each just small enough
holds: the driver's memory is bounded; what it is sent too much for is the submission's own doing
puts: q2
expects: q1=2 q2=0 q3=0..5; sent more to the grader
"""

import time

kernel = get_ipython().kernel
session, socket, parent = kernel.session, kernel.iopub_socket, get_ipython().get_parent()
frame = b"z" * 3_000_000
squares = np.zeros(10)
content = {"comm_id": "c", "data": {}}
session.send(socket, "comm_msg", content, parent=parent, ident=b"x", buffers=[frame] * 1_000)
time.sleep(2)
