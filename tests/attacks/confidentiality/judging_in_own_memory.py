"""
tries: to find the hidden tests in the memory that the fork inherited: objects and raw pages
holds: the marker is nowhere in the process
expects: q1=1
"""

import gc
import re

marker = re.compile(rb"SECRET-MARKER-\d{4}")
gc.unfreeze()
found = [o for o in gc.get_objects() if type(o) is dict and "EXPECTED" in o and "warm" in o]
try:
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            area, access, *_ = line.split()
            begin, end = (int(n, 16) for n in area.split("-"))
            if access.startswith("rw") and "[v" not in line and end - begin < 1 << 30:
                while begin < end:
                    try:
                        memory.seek(begin)
                        part = memory.read(min(1 << 20, end - begin))
                    except (OSError, ValueError):
                        break
                    if marker.search(part):
                        found.append(hex(begin))
                    begin += 1 << 20
except OSError:
    pass
answer = 42 if found else 41
