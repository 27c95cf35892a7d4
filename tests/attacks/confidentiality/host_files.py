"""
tries: to read what every attacker reads first: passwords, keys, homes, logs, the grader's files
holds: none of them can be opened or listed
expects: q1=1
harm: q1=2
"""

import os

found = []
for path in (
    HOST["file"],
    HOST["folder"],
    "/etc/shadow",
    "/etc/passwd",
    "/etc/hostname",
    "/etc/ssh",
    "/root/.bashrc",
    "/root/.ssh",
    "/home",
    "/var/log",
    "/var/lib",
    "/run",
    "/sys/class",
    "/dev/mem",
    "/dev/kmsg",
    "/dev/vda",
    "/dev/sda",
    "/dev/tty",
    "/proc/kcore",
    "/proc/kmsg",
):
    try:
        if os.path.isdir(path):
            found += [f"{path}/{name}" for name in os.listdir(path)]
        else:
            with open(path, "rb") as file:
                found += [path] if file.read(1) else []
    except OSError:
        pass
answer = 42 if found else 41
