"""
tries: replies without the parts that a driver of notebooks looks for
holds: the submission keeps a mark, the batch goes on
puts: q2
expects: q1=2 q2=0 q3=0..5
"""

squares = np.zeros(10)
session = get_ipython().kernel.session
true_send = session.send


def send(stream, kind, content=None, *arguments, **named):
    return true_send(stream, kind, {} if kind == "execute_reply" else content, *arguments, **named)


session.send = send
