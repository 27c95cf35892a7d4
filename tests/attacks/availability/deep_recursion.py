"""
tries: to overflow the stack of the C code
holds: it is seen; what came before counts
puts: q2
expects: q1=2 q2=0..1 q3=0..5
"""

import sys

squares = np.zeros(10)
sys.setrecursionlimit(1 << 30)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")


nested = []
for _ in range(3_000_000):
    nested = [nested]
hash(repr(nested))
