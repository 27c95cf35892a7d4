"""
tries: to take 4 GB as shared anonymous pages, which no limit of a single process counts
holds: the guard ends the submission at its memory limit
puts: q2
expects: q1=2 q2=0 q3=0; memory
"""

import mmap
import os
import time

for _ in range(8):
    if os.fork() == 0:
        try:
            area = mmap.mmap(-1, 512 << 20, mmap.MAP_SHARED | mmap.MAP_POPULATE)
        except OSError:  # denied where nothing counts it: then of its own
            area = mmap.mmap(-1, 512 << 20, mmap.MAP_PRIVATE | 0x20 | mmap.MAP_POPULATE)
        time.sleep(60)
time.sleep(60)
