"""
tries: to end the process when the grader removes the checkpoint's files
holds: what was judged before counts; the rest is not reached
expects: q1=2 q2=0 q3=0
"""

import os
import shutil

answer = 42
shutil.rmtree = lambda *_, **__: os._exit(0)
