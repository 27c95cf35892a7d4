"""
tries: lone surrogates, control characters and markup in what tests and reports will print
holds: the submission is graded, stored and printed
expects: q1=0 q2=3 q3=5
"""

import json

true_dump = json.dump


def dump(document, file, **_):
    if "answer" in document["values"]:
        text = "\udcff\ud800\x00\x1b[31m</td><script>alert(1)</script>=1+1\u202e"
        document["values"]["answer"] = {"t": "text", "v": text}
    true_dump(document, file)


json.dump = dump
answer = 42
