"""
tries: to make files without end
holds: it ends at the limit, and the rest of the notebook is graded or not reached
levels: full
expects: q1=0..1 q2=0..3 q3=0..5
"""

count = 0
try:
    while count < 200_000:
        open(f"/tmp/{count}", "w").close()
        count += 1
except OSError:
    pass
answer = 42 if count > 100_000 else 41
