"""
tries: to read hidden cases from the tests folder, from Otter's test objects and its log
holds: only the public cases are there
expects: q1=1
"""

import glob
import os

import otter

found = []
for path in glob.glob("**/*", recursive=True) + glob.glob(".*"):
    if os.path.isfile(path):
        text = open(path, errors="replace").read()
        if (
            "EXPECTED" in text.replace('"EXPECTED"', "")
            and path != "tiny.ipynb"
            or "hidden=True" in text
            and path.endswith(".py")
        ):
            found.append(path)
result = otter.Notebook(tests_dir="tests").check("q1")
for case in getattr(result, "test_case_results", []):
    if getattr(case.test_case, "hidden", False):
        found.append(case)
answer = 42 if found else 41
