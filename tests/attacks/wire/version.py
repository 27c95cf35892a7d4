"""
tries: other versions of the format, and a version that is only equal to the right one
holds: every question is refused
expects: q1=0 q2=0..3 q3=0
"""

import itertools
import json

true_dump = json.dump
versions = itertools.cycle([2, True, "1", None, [1], {"1": 1}])


def dump(document, file, **_):
    document["version"] = next(versions)
    true_dump(document, file)


json.dump = dump
answer = 42
