"""
tries: bytes that are no message, on every channel: wrong signatures, no JSON, deep JSON
holds: the submission keeps a mark, the batch goes on
puts: q2
expects: q1=2 q2=0 q3=0..5
"""

kernel = get_ipython().kernel
session = kernel.session
squares = np.zeros(10)
deep = b"[" * 100_000
iopub = kernel.iopub_thread
ident = [get_ipython().get_parent()["header"]["session"].encode()]
for parts in (
    [b"<IDS|MSG>", b"wrong", b"{}", b"{}", b"{}", b"{}"],
    [b"x"],
    [b"<IDS|MSG>", b""],
    [b"<IDS|MSG>", session.sign([deep] * 4), deep, deep, deep, deep],
):
    kernel.iopub_socket.send_multipart([b"topic", *parts])
    kernel.shell_stream.send_multipart([*ident, *parts])
