"""
tries: to start threads without end
holds: their number is limited and the other submissions go on
expects: q1=0..1 q2=0..3 q3=0..5
"""

import threading
import time

started = 0
try:
    while started < 100_000:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        started += 1
except RuntimeError:
    pass
answer = 42 if started > 5_000 else 41
