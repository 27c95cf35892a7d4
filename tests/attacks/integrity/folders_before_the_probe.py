"""
tries: to make the checkpoints' folders first, with links in them, and to make them links
holds: no link is followed, nothing but plain files is read
others: wrong
expects: q1=0..1 q2=0 q3=0
"""

import os

answer = 41
base = os.path.dirname(os.environ["HOME"]) + "/out"
for number in range(1, 20):
    target = f"{base}/{number}"
    if number % 3 == 0:
        os.symlink(HOST["folder"], target)
    elif number % 3 == 1:
        os.makedirs(target)
        os.symlink("/etc/passwd", f"{target}/manifest.json")
    else:
        os.symlink("/proc/self/cwd", target)
