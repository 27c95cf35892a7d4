"""
tries: an exception with a message of 10 MB and a chain of a hundred causes
holds: it is cut; the next questions count
expects: q1=0..2 q2=0..3 q3=0..5
"""

answer = 41
error = None
for number in range(100):
    try:
        raise ValueError("x" * 100_000) from error
    except ValueError as caught:
        error = caught
raise error
