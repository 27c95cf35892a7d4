"""
tries: to send display messages without end, which hold no text that a limit could count
holds: the cell is stopped or the output dropped
expects: q1=0..1 q2=0..3 q3=0..5
"""

import time

from IPython.display import display

end = time.monotonic() + 2.5
while time.monotonic() < end:
    display({}, raw=True, metadata={"x": "y" * 1_000})
answer = 41
