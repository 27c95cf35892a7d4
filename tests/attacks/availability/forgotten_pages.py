"""
tries: to fill shared anonymous memory that no process maps any more, and processor time besides
holds: at most what the limit says is taken; a control group counts it, elsewhere it cannot be had
puts: q2
expects: q1=2 q2=0 q3=0..5
"""

import mmap
import os
import time


def shared_mb():
    lines = open("/proc/meminfo").read().split("\nShmem:")
    return int(lines[1].split()[0]) >> 10


before = shared_mb()
for _ in range(3):
    if os.fork() == 0:
        areas = []
        for _ in range(6):
            area = mmap.mmap(-1, 256 << 20, mmap.MAP_SHARED)
            for start in range(0, 256 << 20, 32 << 20):
                for page in range(start, start + (32 << 20), 4096):
                    area[page] = 1
                area.madvise(mmap.MADV_DONTNEED)
            areas.append(area)
        time.sleep(15)
        os._exit(0)
end = time.monotonic() + 2.5
while time.monotonic() < end:
    if shared_mb() - before > 2_600:
        squares = np.arange(10) ** 2
    time.sleep(0.1)
