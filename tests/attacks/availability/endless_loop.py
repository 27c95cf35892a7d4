"""
tries: an endless loop
holds: the cell is interrupted at its limit, and the next questions count
expects: q1=0 q2=3 q3=5; is there an endless loop?
"""

while True:
    pass
