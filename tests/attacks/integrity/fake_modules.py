"""
tries: to give the probe other modules under the names that it imports
holds: what they write is plain data or refused
others: wrong
expects: q1=0..1 q2=0 q3=0
"""

import sys
import types

answer = 41


class Agreeable(types.ModuleType):
    __getattr__ = lambda self, name: type("X", (type,), {"__instancecheck__": lambda *_: True})(
        "Y", (), {}
    )


for name in ("numpy", "keras", "tensorflow"):
    sys.modules[name] = Agreeable(name)
