"""
tries: to open files until no descriptor is left, for itself and for the probe
holds: the next questions are graded or not reached; the batch goes on
expects: q1=0..1 q2=0..3 q3=0..5
"""

import os

kept = []
answer = 41
try:
    while True:
        kept.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    pass
