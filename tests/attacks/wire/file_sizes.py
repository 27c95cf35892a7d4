"""
tries: an array file that is longer than its shape says
holds: the length must be exact
puts: q2
expects: q1=2 q2=0 q3=5
"""

import json
import os

true_dump = json.dump


def dump(document, file, **_):
    if "squares" in document["values"]:
        folder = os.path.dirname(file.name)
        open(f"{folder}/0.bin", "ab").write(bytes(1))
    true_dump(document, file)


json.dump = dump
squares = np.arange(10, dtype="float32") ** 2
