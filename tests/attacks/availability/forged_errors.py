"""
tries: to fill the driver's memory with errors, and with what stands in place of counts and names
holds: they count as output; that the cell failed is known
puts: q2
expects: q1=2 q2=0 q3=0..5; was dropped
"""

import time

kernel = get_ipython().kernel
session, socket, parent = kernel.session, kernel.iopub_socket, get_ipython().get_parent()
end, big = time.monotonic() + 2.5, "y" * 1_000_000
while time.monotonic() < end:
    for kind, content in (
        ("error", {"ename": big, "evalue": big, "traceback": [big]}),
        ("stream", {"name": big, "text": "x"}),
        ("execute_input", {"execution_count": big, "code": big}),
        ("status", {"execution_state": "busy", "execution_count": big}),
        ("clear_output", {"wait": True, "execution_count": big}),
        ("update_display_data", {"data": {"a": big}, "transient": {"display_id": big}}),
    ):
        session.send(socket, kind, content, parent=parent, ident=b"x")
squares = np.zeros(10)
