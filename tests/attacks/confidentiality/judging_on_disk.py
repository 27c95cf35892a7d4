"""
tries: to read the hidden tests and judging.py, by import, by their path and by a search of the disk
holds: neither a file with the marker nor the staff's folder is visible
expects: q1=1
harm: q1=2
"""

import os
import re

marker = re.compile(rb"SECRET-MARKER-\d{4}")
found = []


def look(path):
    try:
        with open(path, "rb") as file:
            if marker.search(file.read(1 << 20)):
                found.append(path)
    except OSError:
        pass


try:
    import judging

    found.append(judging.__file__)
except ImportError:
    pass
look(HOST["staff"] + "/judging.py")
for base in (
    "tests",
    "/sandbox",
    "/tmp",
    "/home",
    "/root",
    "/var",
    "/opt",
    "/srv",
    "/mnt",
    "/work",
):
    for folder, folders, names in os.walk(base):
        folders[:] = [name for name in folders if name not in ("lib", ".git", "node_modules")]
        for name in names:
            if name.endswith((".py", ".json", ".ipynb", ".zip")):
                look(os.path.join(folder, name))
        if found:
            break
answer = 42 if found else 41
