"""
tries: an exception with a message of 50 MB and a chain of a thousand causes
holds: it is cut; the next questions count
expects: q1=0..2 q2=0..3 q3=0..5
"""
answer = 41
error = None
for number in range(1_000):
    try:
        raise ValueError("x" * 50_000) from error
    except ValueError as caught:
        error = caught
raise error
