"""
tries: an object that stays behind, of a class that is itself, which claims to be equal and a number
holds: it is an object of no class that can be; nothing is equal to it
expects: q1=0 q2=3 q3=5
"""

import json

true_dump = json.dump


def dump(document, file, **_):
    if "answer" in document["values"]:
        able = ["__eq__", "__int__", "__class__", "__bool__", "__reduce__"]
        claim = {"t": "remote", "id": 0, "kind": "object", "type": "int", "class": 0}
        document["values"]["answer"] = {**claim, "abilities": able}
    true_dump(document, file)


json.dump = dump
answer = 42
