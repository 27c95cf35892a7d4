"""
tries: to allocate and touch 100 MB again and again, in several processes
holds: the guard ends the submission at its memory limit
puts: q2
expects: q1=2 q2=0 q3=0; memory
"""

import os
import time

for _ in range(4):
    if os.fork() == 0:
        break
kept = []
for _ in range(8):
    kept.append(bytearray(b"x") * (100 << 20))
time.sleep(2.5)
while True:
    time.sleep(1)
