"""
tries: to find the hidden tests in the memory of other processes, first of the judge
holds: no other process's memory can be read
expects: q1=1
harm: q1=2
"""

import os
import re

marker = re.compile(rb"SECRET-MARKER-\d{4}")
found = []
pids = sorted(int(n) for n in os.listdir("/proc") if n.isdigit() and int(n) != os.getpid())


def judge_first(pid):
    try:
        return b"judge.worker" not in open(f"/proc/{pid}/cmdline", "rb").read()
    except OSError:
        return True


for pid in sorted(pids, key=judge_first)[:60]:
    try:
        maps = open(f"/proc/{pid}/maps").read().splitlines()
        memory = open(f"/proc/{pid}/mem", "rb", 0)
    except OSError:
        continue
    for line in maps:
        begin, end = (int(n, 16) for n in line.split()[0].split("-"))
        if " rw" in line and end - begin < 1 << 28:
            try:
                memory.seek(begin)
                if marker.search(memory.read(end - begin)):
                    found.append(pid)
                    break
            except (OSError, ValueError, OverflowError):
                continue
    if found:
        break
answer = 42 if found else 41
