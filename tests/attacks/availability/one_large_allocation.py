"""
tries: to allocate 50 GB at once
holds: the allocation fails
expects: q1=1
"""

try:
    kept = bytearray(50 << 30)
    answer = 42
except MemoryError:
    answer = 41
