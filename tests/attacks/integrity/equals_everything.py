"""
tries: an integer that is equal to everything, and says that it is one
holds: its class does not cross
expects: q1=0
"""


class Agreeable(int):
    __eq__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = int.__hash__


answer = Agreeable(1)
