"""
tries: an array of booleans whose bytes are 7
holds: they are refused
puts: q2
expects: q1=2 q2=0 q3=5
"""

import json
import os

true_dump = json.dump


def dump(document, file, **_):
    if "squares" in document["values"]:
        folder = os.path.dirname(file.name)
        (
            document["values"]["squares"].update(dtype="bool"),
            open(f"{folder}/0.bin", "wb").write(bytes([7] * 10)),
        )
    true_dump(document, file)


json.dump = dump
squares = np.arange(10, dtype="float32") ** 2
