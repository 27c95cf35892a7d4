"""
tries: a manifest that is a symbolic link, then one with a second name, then a link as array file
holds: links are not followed and files with two names are refused
expects: q1=0 q2=0 q3=0..5
"""

import itertools
import json
import os

true_dump = json.dump
turns = itertools.count()


def dump(document, file, **_):
    turn = next(turns)
    true_dump(document, file)
    file.flush()
    if turn == 0:
        os.rename(file.name, "moved.json")
        os.symlink(os.path.abspath("moved.json"), file.name)
    elif turn == 1:
        os.link(file.name, "second.json")
    else:
        array = os.path.join(os.path.dirname(file.name), "0.bin")
        os.unlink(array)
        os.symlink("/proc/self/mem", array)


json.dump = dump
answer = 42
