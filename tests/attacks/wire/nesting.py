"""
tries: a list nested a hundred thousand times, as nodes and as plain JSON
holds: it is refused without overflowing the judge's stack
expects: q1=0 q2=0 q3=0
"""

import itertools
import json

deep = 100_000
texts = itertools.cycle(
    [
        '{"version": 1, "values": {"answer": ' + "[" * deep + "]" * deep + "}}",
        '{"version": 1, "values": {"squares": '
        + '{"t": "list", "v": [' * deep
        + "]}" * deep
        + "}}",
        '{"version": 1, "values": {"network": ' + '{"t": "list", "v": [' * 20 + "]}" * 20 + "}}",
    ]
)


def dump(document, file, **_):
    file.write(next(texts))


json.dump = dump
answer = 42
