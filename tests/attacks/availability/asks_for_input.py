"""
tries: to wait for an answer on standard input
holds: it fails at once
expects: q1=1
"""

import getpass
import sys

answer = 41
for ask in (input, getpass.getpass, get_ipython().kernel.raw_input, sys.stdin.readline):
    try:
        if ask():
            answer = 42
    except Exception:
        pass
