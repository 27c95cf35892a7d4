"""
tries: to crash the interpreter
holds: it is seen; what came before counts
puts: q2
expects: q1=2 q2=0 q3=0; ended
"""

import ctypes

ctypes.string_at(0)
