"""
tries: to change seeds, clocks and time zones for what is judged later
holds: the judge has its own
expects: q1=2 q2=3 q3=5
"""

import os
import random
import time

random.seed = np.random.seed = lambda *_: None
random.random = lambda: 0.5
time.time = time.monotonic = time.perf_counter = lambda: 0.0
os.environ["TZ"] = "Nowhere"
answer = 42
