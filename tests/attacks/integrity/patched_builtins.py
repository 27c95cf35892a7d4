"""
tries: built-in functions that the probe calls, replaced: type, isinstance, len, str, open, exec
holds: no wrong value becomes a right one
others: wrong
expects: q1=0..1 q2=0 q3=0
"""

import builtins

answer = 41
true_type = type
builtins.isinstance = lambda *_: True
builtins.type = lambda *a: int if len(a) == 1 else true_type(*a)
builtins.str = lambda *_: "42 "
builtins.abs = lambda _: 0
