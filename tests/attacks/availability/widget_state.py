"""
tries: to fill the driver's memory with the state and the buffers of thousands of widgets
holds: what belongs to no output is not kept
puts: q2
expects: q1=2 q2=0 q3=0..5
"""

import time

kernel = get_ipython().kernel
session, socket, parent = kernel.session, kernel.iopub_socket, get_ipython().get_parent()
end, number = time.monotonic() + 2.5, 0
while time.monotonic() < end:
    number += 1
    data = {"state": {"x": "y" * 1_000_000}, "buffer_paths": [["z"]]}
    content = {"comm_id": f"c{number}", "target_name": "jupyter.widget", "data": data}
    kind = ("comm_open", "comm_msg")[number % 2]
    buffers = [b"z" * 1_000_000]
    session.send(socket, kind, content, parent=parent, ident=b"x", buffers=buffers)
squares = np.zeros(10)
