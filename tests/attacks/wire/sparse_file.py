"""
tries: a sparse array file of 900 MB, which is in no memory yet
holds: it is read within the judge's limits or refused, and earns nothing
puts: q2
expects: q1=2 q2=0 q3=5
"""

import json
import os

true_dump = json.dump


def dump(document, file, **_):
    if "squares" in document["values"]:
        folder = os.path.dirname(file.name)
        document["values"]["squares"].update(dtype="int8", shape=[900 << 20])
        os.truncate(f"{folder}/0.bin", 900 << 20)
    true_dump(document, file)


json.dump = dump
squares = np.arange(10, dtype="float32") ** 2
