"""
tries: to learn the judge's verdict from messages, files and timing, to guess with that
holds: nothing comes back into the sandbox
expects: q1=1
"""

import os
import time

answer = 41
base = os.path.dirname(os.environ["HOME"])
before = {path for path, _, names in os.walk(base) for name in names}
result = grader.check("q1")
found = any(
    hint in f"{result!r} {vars(result)}" for hint in ("expected" + " 42", "Multiply" + " six")
)
time.sleep(0.1)
answer = 42 if found else 41
