"""Grades notebooks by plain Otter, each in a kernel of its own: JSON in, JSON out.

    python plain.py JOBS

JOBS is a file with a list of `folder` (a notebook, its files and `tests/` with hidden tests),
`notebook`, `seed` and `seed_variable`. Prints, for each, which cases passed, by question.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def main() -> None:
    from otter.execute import grade_notebook

    verdicts = []
    for job in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        os.chdir(job["folder"])
        results = grade_notebook(
            job["notebook"],
            tests_glob=sorted(map(str, Path("tests").glob("*.py"))),
            cwd=job["folder"],
            test_dir="./tests",
            seed=job["seed"],
            seed_variable=job["seed_variable"],
        )
        if results.catastrophic_error:
            raise results.catastrophic_error
        verdicts.append(
            {
                name: [result.passed for result in test.test_case_results]
                for name, test in results.results.items()
            }
        )
    print("\n" + json.dumps(verdicts))


if __name__ == "__main__":
    main()
