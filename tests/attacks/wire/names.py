"""
tries: names that are no names: paths, dunders, a test's own globals, a hundred thousand others
holds: they are refused or reach no test
expects: q1=0..2 q2=0..3 q3=0..5
others: wrong
"""

import json

true_dump = json.dump


def dump(document, file, **_):
    node = {"t": "int", "v": "42"}
    names = ["__builtins__", "judging", "np", "keras", "assert_", "__name__", "self", "env"]
    document["values"].update({name: node for name in names})
    document["values"].update({f"x{n}": node for n in range(100_000)})
    if "squares" in document["values"]:
        document["values"]["../squares"] = node
    true_dump(document, file)


json.dump = dump
answer = 41
