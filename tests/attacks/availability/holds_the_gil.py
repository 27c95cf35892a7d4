"""
tries: a loop in C that never gives other threads a turn
holds: the kernel is ended; what came before counts
puts: q2
expects: q1=2 q2=0 q3=0; did not react to an interrupt
"""

sum(iter(lambda: 1, 0)) if False else 7 ** (10**9)
