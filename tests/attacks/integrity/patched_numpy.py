"""
tries: NumPy functions that the probe uses, replaced by ones that give liars
holds: whatever they write is plain data
puts: q2
expects: q2=0
"""


class Everything(list):
    __eq__ = lambda self, other: True


squares = np.zeros(10)
np.asarray = np.ascontiguousarray = lambda *_, **__: Everything()
np.ndarray = np.generic = type("Nothing", (), {})
