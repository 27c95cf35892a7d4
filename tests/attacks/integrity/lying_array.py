"""
tries: an array class that compares, converts and lists as whatever is expected
holds: only its plain numbers cross
puts: q2
expects: q2=0
"""


class Liar(np.ndarray):
    __eq__ = lambda self, other: True
    tolist = lambda self: type("L", (list,), {"__eq__": lambda *_: True})()
    __array__ = lambda self, *_, **__: self
    __reduce__ = lambda self: (exec, ("raise SystemExit",))


squares = np.zeros(10).view(Liar)
