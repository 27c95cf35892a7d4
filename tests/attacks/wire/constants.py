"""
tries: NaN and Infinity, which JSON does not have, an empty file, and bytes that are no text
holds: every question is refused
expects: q1=0 q2=0 q3=0
"""

import itertools
import json

texts = itertools.cycle(
    ['{"version": 1, "values": {"answer": {"t": "int", "v": NaN}}}', "", "\udcff\udcfe"]
)


def dump(document, file, **_):
    file.write(next(texts))


json.dump = dump
answer = 42
