"""
tries: to end the notebook with SystemExit, an exit handler and a KeyboardInterrupt
holds: the cell has failed, the next questions count
puts: q2
expects: q1=2 q2=0 q3=5
"""

import atexit
import sys

atexit.register(lambda: open("late", "w").write("x"))
try:
    sys.exit(0)
finally:
    raise KeyboardInterrupt
