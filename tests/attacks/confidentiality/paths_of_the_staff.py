"""
tries: to learn where the hidden tests lie, from objects, arguments and mounts
holds: the staff's folder is named nowhere that the process can see
expects: q1=1
"""

import gc
import sys

staff = HOST["staff"][1:]  # without the slash: our own copy is not a find
own = {id(HOST["staff"]), id(staff)}
found = []
for path in ("/proc/self/mountinfo", "/proc/self/cmdline", "/proc/1/cmdline", "/proc/self/environ"):
    try:
        found += [path] if staff in open(path).read() else []
    except OSError:
        pass
found += [text for text in (*sys.argv, *sys.orig_argv, *sys.path) if staff in text]
for thing in gc.get_objects():
    if type(thing) is dict and "staff" in thing and thing is not HOST and thing is not globals():
        if isinstance(thing.get("staff"), str) and staff in thing["staff"] and "port" not in thing:
            found.append(thing)
answer = 42 if found else 41
