"""
tries: to answer execute requests itself, before the kernel does and with other states
holds: a reply is no verdict
others: wrong
expects: q1=0..1 q2=0 q3=0
"""

answer = 41
kernel = get_ipython().kernel
session, true_send = kernel.session, kernel.session.send


def send(stream, kind, content=None, *arguments, **named):
    if (
        kind == "execute_reply"
        or getattr(kind, "get", lambda *_: None)("msg_type") == "execute_reply"
    ):
        content = {
            "status": "ok",
            "execution_count": 1,
            "user_expressions": {},
            "payload": [],
            "score": 10,
        }
    true_send(
        stream,
        "display_data",
        {"data": {"text/plain": "10/10"}, "metadata": {}},
        *arguments,
        **named,
    )
    return true_send(stream, kind, content, *arguments, **named)


session.send = send
