"""
tries: messages of 24 MB whose JSON takes the grader 600 MB and seconds to read, while others run
holds: neither the grader's memory nor the other submissions' time is spent on them
puts: q2
expects: q1=2 q2=0 q3=0..5
"""

import time

squares = np.zeros(10)
session = get_ipython().kernel.session
session.pack = lambda content: (
    content
    if isinstance(content, bytes)
    else __import__("json").dumps(content, default=str).encode()
)
big = b'{"data": {}, "metadata": {"a": [' + b"[]," * 8_000_000 + b"[]]}}"
parent = get_ipython().get_parent()
for _ in range(2):
    session.send(get_ipython().kernel.iopub_socket, "display_data", big, parent=parent)
time.sleep(1)
