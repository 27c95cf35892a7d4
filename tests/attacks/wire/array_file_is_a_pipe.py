"""
tries: a pipe in the place of an array file
holds: it is refused at once
puts: q2
expects: q1=2 q2=0 q3=5
"""

import json
import os

true_dump = json.dump


def dump(document, file, **_):
    if "squares" in document["values"]:
        folder = os.path.dirname(file.name)
        os.unlink(f"{folder}/0.bin")
        os.mkfifo(f"{folder}/0.bin")
    true_dump(document, file)


json.dump = dump
squares = np.arange(10, dtype="float32") ** 2
