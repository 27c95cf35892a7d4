"""
tries: a thousand arrays of 1 MB that are all the same file, to make a gigabyte of one megabyte
holds: all arrays together stay within the limit
puts: q2
expects: q1=2 q2=0 q3=5
"""

import json
import os

true_dump = json.dump


def dump(document, file, **_):
    if "squares" in document["values"]:
        os.truncate(os.path.join(os.path.dirname(file.name), "0.bin"), 1 << 20)
        node = {"t": "array", "dtype": "int8", "shape": [1 << 20], "file": "0.bin"}
        document["values"]["squares"] = {"t": "list", "v": [node] * 2_000}
    true_dump(document, file)


json.dump = dump
squares = np.zeros(10)
