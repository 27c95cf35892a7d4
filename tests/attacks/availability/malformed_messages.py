"""
tries: output messages without their parts, of other types, with texts for lists and numbers
holds: the submission keeps a mark, the batch goes on
puts: q2
expects: q1=2 q2=0 q3=0..5
"""

session = get_ipython().kernel.session
socket = get_ipython().kernel.iopub_socket
parent = get_ipython().get_parent()
squares = np.zeros(10)
for kind, content in (
    ("stream", {}),
    ("error", {"ename": 1, "evalue": None}),
    ("status", {}),
    ("display_data", {"data": 7, "metadata": []}),
    ("comm_open", {"comm_id": [], "data": None}),
    ("update_display_data", {"transient": 3}),
    ("clear_output", {"wait": {}}),
    ("execute_result", []),
):
    session.send(socket, kind, content, parent=parent, ident=b"x")
