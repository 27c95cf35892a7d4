"""
tries: to run what the machine has: a shell, a compiler, a second interpreter with the grader's code
holds: they run confined like the notebook
expects: q1=1
"""

import subprocess
import sys

answer = 41
code = f"import socket; open({HOST['file']!r}); print('out')"
for program in (
    ["sh", "-c", f"cat {HOST['file']}"],
    [sys.executable, "-S", "-c", code],
    ["sh", "-c", "kill -9 1 2>/dev/null; cat /etc/shadow"],
):
    try:
        done = subprocess.run(program, capture_output=True, timeout=2, start_new_session=True)
        answer = 42 if done.stdout else answer
    except (OSError, subprocess.TimeoutExpired):
        pass
