"""
tries: to make every check of Otter pass: its method, its runner, its test cases, `grader` itself
holds: what is printed in the student's process decides nothing
others: wrong
expects: q1=1 q2=0 q3=0
"""

import otter
import otter.check.notebook
import otter.test_files

answer = 41


class Passed:
    grade, all_passed, passed_all_public = 1.0, True, True
    _repr_html_ = lambda self: "<p>q1 results: All test cases passed!</p>"


for name in ("check", "check_all"):
    setattr(otter.Notebook, name, lambda *_, **__: Passed())
for case in vars(otter.test_files).values():
    if isinstance(case, type):
        case.run = lambda self, *_, **__: None
otter.check.notebook.check = lambda *_, **__: Passed()
grader = otter.Notebook()
