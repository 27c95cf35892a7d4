"""
tries: to write without end into every writable folder
holds: it ends at the disk limit, and the rest of the notebook is graded or not reached
expects: q1=0..1 q2=0..3 q3=0..5
"""

import os

written = 0
for folder in (
    ".",
    "/tmp",
    "/dev/shm",
    "/var/tmp",
    os.environ["HOME"],
    os.path.dirname(os.environ["HOME"]) + "/out",
):
    try:
        with open(f"{folder}/big", "wb") as file:
            while written < 2 << 30:
                written += file.write(b"x" * (1 << 20))
    except OSError:
        pass
answer = 42 if written > 1 << 30 else 41
