"""
tries: to change files of the host by calls that open nothing: mode, times, owner, names, links
holds: none of them takes effect on a file outside
expects: q1=1
harm: q1=2
"""

import os

path = HOST["file"]
try:
    before = os.stat(path)
except OSError:
    before = None
for change in (
    lambda: os.chmod(path, 0o600 if before.st_mode & 0o777 != 0o600 else 0o640),
    lambda: os.utime(path, (1, 1)),
    lambda: os.chown(path, before.st_uid, before.st_gid),
    lambda: os.link(path, "stolen"),
    lambda: os.rename(path, path + ".moved"),
    lambda: os.rename(path + ".moved", path),
    lambda: os.truncate(path, 1 << 10),
    lambda: os.mkdir(path + ".folder"),
):
    try:
        change()
    except (OSError, AttributeError):
        pass
try:
    after = os.stat(path)
    changed = [
        n
        for n in ("st_mode", "st_mtime", "st_size", "st_nlink")
        if getattr(before, n) != getattr(after, n)
    ]
except (OSError, AttributeError):
    changed = []
answer = 42 if changed or os.path.exists(path + ".folder") else 41
