"""
tries: to remove everything that it may write, also the kernel's own sockets
holds: the submission goes on or ends; the batch goes on
puts: q2
expects: q1=2 q2=0..3 q3=0..5
"""

import os
import shutil

squares = np.zeros(10)
base = os.path.dirname(os.environ["HOME"])
for folder in ("run", "out", "home", "work"):
    for name in os.listdir(f"{base}/{folder}"):
        shutil.rmtree(f"{base}/{folder}/{name}", ignore_errors=True)
        try:
            os.unlink(f"{base}/{folder}/{name}")
        except OSError:
            pass
