"""
tries: a pipe, a folder and a socket in the place of the manifest: whoever opens it would wait
holds: they are refused at once
expects: q1=0 q2=0 q3=0
"""

import itertools
import json
import os
import socket

turns = itertools.count()


def dump(document, file, **_):
    os.unlink(file.name)
    turn = next(turns)
    if turn == 0:
        os.mkfifo(file.name)
    elif turn == 1:
        os.mkdir(file.name)
    else:
        os.chdir(os.path.dirname(file.name))
        socket.socket(socket.AF_UNIX).bind("manifest.json")


json.dump = dump
answer = 42
