"""
tries: to take 4 GB as shared anonymous pages, which no limit of a single process counts
holds: the guard ends the submission at its memory limit
puts: q2
expects: q1=2 q2=0 q3=0; memory
"""
import mmap
import os
import time

for _ in range(2):
    if os.fork() == 0:
        area = mmap.mmap(-1, 2 << 30)
        for at in range(0, len(area), 4096):
            area[at] = 1
        time.sleep(60)
time.sleep(60)
