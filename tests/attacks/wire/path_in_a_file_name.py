"""
tries: a file name that leads out of the folder
holds: it is refused, and the question has failed
expects: q1=0 q2=3 q3=5
"""

import json

true_dump = json.dump


def dump(document, file, **_):
    if "answer" in document["values"]:
        document["values"]["answer"] = {
            "t": "array",
            "dtype": "uint8",
            "shape": [1],
            "file": "../../../../etc/passwd",
        }
    true_dump(document, file)


json.dump = dump
answer = 42
