"""
tries: a float in another form than the hexadecimal one, beyond every limit
holds: it is refused, and the question has failed
expects: q1=0 q2=3 q3=5
"""
import json

true_dump = json.dump


def dump(document, file, **_):
    if "answer" in document["values"]:
        document["values"]["answer"] = {"t": "float", "v": "0x1p99999999"}
    true_dump(document, file)


json.dump = dump
answer = 42
