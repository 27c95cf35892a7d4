"""
tries: a history whose parts are no dicts and lists
holds: it is refused, and the question has failed
expects: q1=0 q2=3 q3=5
"""

import json

true_dump = json.dump


def dump(document, file, **_):
    if "answer" in document["values"]:
        document["values"]["answer"] = {
            "t": "history",
            "history": {"t": "list", "v": []},
            "epoch": {"t": "int", "v": "1"},
            "params": {"t": "none"},
        }
    true_dump(document, file)


json.dump = dump
answer = 42
