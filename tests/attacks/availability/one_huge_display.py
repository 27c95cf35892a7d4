"""
tries: to display 200 MB at once
holds: it is dropped; no other submission waits for it
expects: q1=0..1 q2=0..3 q3=0..5
"""

from IPython.display import display

display({"text/plain": "x" * (200 << 20)}, raw=True)
answer = 41
