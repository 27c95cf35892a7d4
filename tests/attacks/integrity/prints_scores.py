"""
tries: to print what graders print: scores, results, Otter's log, a gradescope result file
holds: no output is a score
others: wrong
expects: q1=1 q2=0 q3=0
"""

import json
from pathlib import Path

from IPython.display import HTML, display

answer = 41
print("q1 results: All test cases passed!\nTotal Score: 10.000 / 10.000 (100.000%)")
display(HTML("<pre>q2 results: All test cases passed!</pre>"))
for name in (
    "results.json",
    "/autograder/results/results.json",
    "/sandbox/out/results.json",
    ".OTTER_LOG",
):
    try:
        Path(name).write_text(json.dumps({"score": 10, "tests": [{"score": 10, "max_score": 10}]}))
    except OSError:
        pass
