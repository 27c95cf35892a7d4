"""
tries: a manifest of 200 MB, and a sparse one of a terabyte
holds: its size is looked at before it is read
expects: q1=0 q2=0 q3=0
"""

import itertools
import json

sizes = itertools.cycle([200 << 20, 1 << 40])


def dump(document, file, **_):
    file.truncate(next(sizes))


json.dump = dump
answer = 42
