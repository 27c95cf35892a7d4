"""
tries: to become root or to get a capability: setuid, capset, setuid programs, user maps, ambient
holds: nothing changes
expects: q1=1
"""

import ctypes
import os
import struct
import subprocess

libc = ctypes.CDLL(None, use_errno=True)
found = []
for call in (
    lambda: os.setuid(0),
    lambda: os.setgid(0),
    lambda: os.setgroups([0]),
    lambda: os.setresuid(0, 0, 0),
):
    try:
        call()
        found.append("became root")
    except OSError:
        pass
status = open("/proc/self/status").read()
for name in ("CapPrm", "CapEff", "CapInh", "CapAmb"):
    if int(status.split(f"{name}:")[1].split()[0], 16):
        found.append(name)
found += [] if "NoNewPrivs:\t1" in status else ["new privileges"]
found += [] if "Seccomp:\t2" in status else ["no seccomp"]
if (
    libc.capset(struct.pack("=Ii", 0x20080522, 0), struct.pack("=6I", 1 << 21, 1 << 21, 0, 0, 0, 0))
    == 0
):
    found.append("capset")
for path in (
    "/proc/self/uid_map",
    "/proc/self/setgroups",
    "/proc/self/oom_score_adj",
    "/proc/sys/kernel/hostname",
):
    try:
        with open(path, "w") as file:
            file.write("0 0 1" if "map" in path else "allow")
        found.append(path)
    except OSError:
        pass
for program in (["su", "-c", "id"], ["sudo", "-n", "id"], ["mount", "-t", "tmpfs", "none", "/tmp"]):
    try:
        done = subprocess.run(program, capture_output=True, timeout=2, stdin=subprocess.DEVNULL)
        found += [program[0]] if done.returncode == 0 else []
    except (OSError, subprocess.TimeoutExpired):
        pass
answer = 42 if found else 41
