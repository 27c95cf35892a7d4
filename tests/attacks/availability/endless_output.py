"""
tries: to print without end
holds: the output is cut, the cell is stopped, and the next questions count
expects: q1=0 q2=3 q3=5; was dropped
"""

while True:
    print("x" * 1_000)
