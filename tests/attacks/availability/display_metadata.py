"""
tries: to fill the driver's memory with metadata of displays, which hold no text
holds: it counts as output, and is dropped
puts: q2
expects: q1=2 q2=0 q3=0..5; was dropped
"""

import time

kernel = get_ipython().kernel
session, socket, parent = kernel.session, kernel.iopub_socket, get_ipython().get_parent()
end = time.monotonic() + 2.5
while time.monotonic() < end:
    content = {"data": {}, "metadata": {"x": "y" * 2_000_000}, "transient": {"display_id": "d" * 9}}
    session.send(socket, "display_data", content, parent=parent, ident=b"x")
squares = np.zeros(10)
