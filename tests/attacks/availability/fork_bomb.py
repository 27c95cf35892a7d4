"""
tries: to start processes without end
holds: their number is limited, the other submissions go on, and none is left
expects: q1=0..1 q2=0..3 q3=0..5
"""

import os
import time

end = time.monotonic() + 2
while time.monotonic() < end:
    try:
        if os.fork() == 0:
            time.sleep(0.01)
    except OSError:
        time.sleep(0.01)
answer = 41
