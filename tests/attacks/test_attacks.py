"""Every hostile notebook, in every configuration in which the wall claims to hold."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.course.config import Course
from autograder.wall.levels import available
from tests.attacks import ordinary
from tests.attacks.arena import Attack, attacks

ROOT = Path(__file__).parent.parent.parent
ALL = attacks()
SECONDS = 1_500
AT_ONCE = 2
"""An attack mostly waits, so two configurations run beside each other."""

GAPS = {
    "reduced-ordinary-user-confidentiality/changes_host_files": "permissions and times of the "
    "user's own files can be changed: Landlock does not cover them",
    "reduced-ordinary-user-confidentiality/signals_to_the_host": "the scheduling of the user's own "
    "processes can be changed: Landlock covers signals only",
}
"""What level reduced does not stop where grader and notebooks are the same user; docs/security.md says so."""


def test_there_are_enough_of_each_kind() -> None:
    kinds = [attack.name.partition("/")[0] for attack in ALL]
    assert len(ALL) >= 45
    assert set(kinds) == {"confidentiality", "integrity", "availability", "wire"}
    assert min(map(kinds.count, set(kinds))) >= 10


@dataclass(frozen=True)
class Configuration:
    """A level, and the user who grades (None: whoever runs the tests)."""

    name: str
    level: str
    user: int | None
    attacks: Sequence[Attack]
    missing: str = ""
    """Why it cannot be run here."""


def _configurations() -> Iterator[Configuration]:
    at = {
        level: [attack for attack in ALL if level in attack.levels] for level in ("full", "reduced")
    }
    is_root = os.geteuid() == 0
    works = any(finding.level == "full" and finding.works for finding in available())
    readable = all(path.stat().st_mode & 0o005 == 0o005 for path in (ROOT, *ROOT.parents))
    no_full = "" if works else "no level full on this machine"
    no_other = (
        ""
        if is_root and readable and not ordinary.missing()
        else ("needs root, unshare and setpriv, and a folder that every user can read")
    )
    no_landlock = "" if sys.platform == "linux" else "needs Linux"
    yield Configuration("full", "full", None, at["full"], no_full)
    yield Configuration("full-ordinary-user", "full", 42_420, at["full"], no_full or no_other)
    yield Configuration(
        "reduced-ordinary-user", "reduced", 42_421, at["reduced"], no_landlock or no_other
    )
    yield Configuration("reduced-root", "reduced", 0, at["reduced"], no_landlock or no_other)
    harmful = [attack for attack in ALL if attack.harm]
    not_root = "" if is_root else "the harm is that of a grader that runs as root"
    yield Configuration("does-harm-unconfined", "none", None, harmful, not_root)


def _cases() -> Iterator[Any]:
    for configuration in _configurations():
        missing = configuration.missing
        marks = [pytest.mark.skipif(bool(missing), reason=missing or "can be run")]
        if configuration.name != "full":
            marks.append(pytest.mark.attacks)
        for attack in configuration.attacks:
            name = f"{configuration.name}-{attack.name}"
            gap = [pytest.mark.xfail(reason=GAPS[name])] if name in GAPS else []
            yield pytest.param(configuration, attack, id=name, marks=[*marks, *gap])


Rows = Callable[[Configuration], dict[str, dict[str, object]]]


@pytest.fixture(scope="module")
def readable_course(tiny_course: Course) -> Iterator[Path]:
    """The built course where every user can read it."""
    folder = Path(tempfile.mkdtemp(prefix="course-"))
    folder.chmod(0o755)
    shutil.copytree(tiny_course.root, folder / "tiny", dirs_exist_ok=True)
    yield folder / "tiny"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def rows(request: pytest.FixtureRequest, readable_course: Path) -> Iterator[Rows]:
    """Runs each configuration that was asked for once, with one grader for all its attacks."""
    wanted: dict[str, tuple[Configuration, list[str]]] = {}
    for item in request.session.items:
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        configuration = parameters.get("configuration")
        if isinstance(configuration, Configuration) and not configuration.missing:
            names = wanted.setdefault(configuration.name, (configuration, []))[1]
            names.append(parameters["attack"].name)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {
            name: pool.submit(_run, configuration, names, readable_course)
            for name, (configuration, names) in wanted.items()
        }
        yield lambda configuration: running[configuration.name].result()


def _run(
    configuration: Configuration, names: list[str], course: Path
) -> dict[str, dict[str, object]]:
    """Run the arena in a process of its own, as another user where one is given."""
    level = configuration.level
    command = [sys.executable, "-m", "tests.attacks.arena", level, str(course), *names]
    if configuration.user is not None:
        command = ordinary.command(command, configuration.user, namespaces=level == "full")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=SECONDS
    )
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if not found:
        pytest.fail(f"the arena did not start: {done.stderr[-2_000:]}")
    return {str(row["attack"]): row for row in found}


@pytest.mark.parametrize(("configuration", "attack"), list(_cases()))
def test_the_wall_holds(rows: Rows, configuration: Configuration, attack: Attack) -> None:
    row = rows(configuration).get(attack.name)
    assert row is not None, f"the batch was not finished: {attack.name} has no result"
    assert not row["faults"], f"{attack.holds}\n{row['faults']}\n{row['found']}"
