"""
tries: a scalar with ten dimensions of one, and one with ten values
holds: a scalar has no dimensions
puts: q2
expects: q1=2 q2=0 q3=5
"""
import json
import os

true_dump = json.dump


def dump(document, file, **_):
    if "squares" in document["values"]:
        folder = os.path.dirname(file.name)
        document["values"]["squares"].update(t="scalar")
    true_dump(document, file)


json.dump = dump
squares = np.arange(10, dtype="float32") ** 2
