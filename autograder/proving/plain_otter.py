"""Plain Otter's verdicts, case by case, to compare with: in a process of its own, unconfined.

For the assignment's own notebooks only. `python -m autograder.proving.plain_otter ZIP NOTEBOOK…`
writes, for each notebook and for no notebook at all, which cases of which question passed.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.errors import KitError

NOTHING = ""
"""In place of a notebook: the tests on an empty namespace."""
_SECONDS = 1_800

Verdicts = Mapping[str, Mapping[str, Mapping[str, bool]]]
"""By notebook, question and case: whether it passed."""


def verdicts(archive: Path, notebooks: Sequence[Path]) -> Verdicts:
    """Run plain Otter on notebooks that can be trusted. Raises KitError where it does not run."""
    command = [sys.executable, "-m", __name__, str(archive), *map(str, notebooks)]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise KitError(f"plain Otter took longer than {_SECONDS} s") from None
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        raise KitError(f"plain Otter does not run here: {lines[-1] if lines else 'no message'}")
    found: Verdicts = json.loads(done.stdout.splitlines()[-1])
    return found


def _graded(archive: str, notebook: str) -> dict[str, dict[str, bool]]:
    from otter.api import grade_submission

    return _by_case(grade_submission(notebook, archive).results.values())


def _on_nothing(archive: str) -> dict[str, dict[str, bool]]:
    from otter.nbmeta_config import NBMetadataConfig
    from otter.test_files import create_test_file

    test_files = []
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        zipfile.ZipFile(archive).extractall()
        sys.path.insert(0, str(Path("files").resolve()))
        for path in sorted(Path("tests").glob("*.py")):
            test_file = create_test_file(str(path), NBMetadataConfig())
            with contextlib.suppress(Exception):  # what is left of it did not pass
                test_file.run({})
            test_files.append(test_file)
    return _by_case(test_files)


def _by_case(test_files: Any) -> dict[str, dict[str, bool]]:
    return {
        test.name: {each.test_case.name: bool(each.passed) for each in test.test_case_results}
        for test in test_files
    }


def _main(archive: str, *notebooks: str) -> None:
    words = os.dup(1)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 1)  # what notebooks print
    found = {NOTHING: _on_nothing(archive)}
    found |= {notebook: _graded(archive, notebook) for notebook in notebooks}
    with os.fdopen(words, "w") as stream:
        json.dump(found, stream)


if __name__ == "__main__":
    _main(*sys.argv[1:])
