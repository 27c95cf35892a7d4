"""
tries: for two seconds, to see the files, folders and processes of a submission that runs beside
holds: no process but its own is visible, and no other notebook
expects: q1=1
"""

import glob
import os
import time

found, end = [], time.monotonic() + 2
mine = os.stat(os.getcwd())
while time.monotonic() < end and not found:
    for path in glob.glob("/proc/[0-9]*"):
        for link in ("cwd", "root/sandbox/work"):
            try:
                other = os.stat(f"{path}/{link}")
            except OSError:
                continue
            if os.path.exists(f"{path}/{link}/tiny.ipynb") and not os.path.samestat(mine, other):
                found.append(path)
    for folder in ("/tmp", "/var/tmp", "/dev/shm", HOST["folder"]):
        for path in glob.glob(f"{folder}/autograder-*/**/*.ipynb", recursive=True):
            if not os.path.samestat(os.stat(os.path.dirname(path)), mine):
                found.append(path)
    time.sleep(0.05)
answer = 42 if found else 41
