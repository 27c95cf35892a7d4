"""
tries: a thread that rewrites the checkpoint's files while the judge reads them
holds: what is read is a value or refused; the judge goes on
puts: q2
expects: q1=2 q2=0 q3=0..5
"""

import glob
import os
import threading

squares = np.zeros(4_000_000)
base = os.path.dirname(os.environ["HOME"]) + "/out"


def race():
    while True:
        for path in glob.glob(f"{base}/*/*"):
            try:
                os.truncate(path, 3)
                os.truncate(path, 1 << 26)
                os.rename(path, path + ".moved")
                os.symlink("/etc/passwd", path)
                os.unlink(path)
                os.rename(path + ".moved", path)
            except OSError:
                pass


for _ in range(3):
    threading.Thread(target=race, daemon=True).start()
