"""
tries: to replace the test files in the work folder, and to add a judging.py that knows the answers
holds: the judge uses its own
others: wrong
expects: q1=1 q2=0 q3=0
"""

import glob

answer = 41
for path in glob.glob("tests/*.py"):
    with open(path, "w") as file:
        file.write(
            "from otter.test_files import test_case\nOK_FORMAT = False\nname = 'q1'\npoints = 99\n@test_case(points=99, hidden=False)\ndef test_nothing():\n    pass\n"
        )
for folder in (".", "/tmp", "/sandbox/out", "/sandbox/out/1"):
    try:
        with open(f"{folder}/judging.py", "w") as file:
            file.write("class Any:\n    __eq__ = lambda *_: True\nEXPECTED = Any()\n")
    except OSError:
        pass
