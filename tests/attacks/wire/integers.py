"""
tries: an integer that is none: a float, too many digits, a code
holds: it is refused, and the question has failed
expects: q1=0 q2=3 q3=5
"""

import json

true_dump = json.dump


def dump(document, file, **_):
    if "answer" in document["values"]:
        document["values"]["answer"] = {"t": "int", "v": "9" * 5_000}
    true_dump(document, file)


json.dump = dump
answer = 42
