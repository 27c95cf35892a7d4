"""
tries: objects whose `__class__` is int, whose metaclass agrees, whose type is called int
holds: the probe looks at the type, the judge makes plain values
expects: q1=0
"""


class Meta(type):
    __eq__ = lambda self, other: True
    __hash__ = type.__hash__
    __instancecheck__ = lambda self, other: True


class int(metaclass=Meta):
    __class__ = property(lambda self: type(1))
    __eq__ = lambda self, other: True
    __index__ = __int__ = lambda self: 42


answer = int()
