"""Every hostile notebook, in every configuration in which the wall claims to hold."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.levels import available
from tests.attacks import ordinary
from tests.attacks.arena import Attack, attacks

ROOT = Path(__file__).parent.parent.parent
ALL = attacks()
SECONDS = 1_500
Rows = Callable[[str, int | None, Sequence[Attack]], dict[str, dict[str, object]]]


def test_there_are_enough_of_each_kind() -> None:
    kinds = [attack.name.partition("/")[0] for attack in ALL]
    assert len(ALL) >= 45
    assert set(kinds) == {"confidentiality", "integrity", "availability", "wire"}
    assert min(map(kinds.count, set(kinds))) >= 10


@pytest.fixture(scope="module")
def readable_course(tiny_course: Course) -> Iterator[Path]:
    """The built course where every user can read it."""
    folder = Path(tempfile.mkdtemp(prefix="course-"))
    folder.chmod(0o755)
    shutil.copytree(tiny_course.root, folder / "tiny", dirs_exist_ok=True)
    yield folder / "tiny"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def rows(readable_course: Path) -> Rows:
    """Runs a configuration's attacks once, in one process and with one grader."""
    done: dict[tuple[str, int | None], dict[str, dict[str, object]]] = {}

    def get(level: str, user: int | None, chosen: Sequence[Attack]) -> dict[str, dict[str, object]]:
        if (level, user) not in done:
            done[level, user] = _run(
                level, user, [attack.name for attack in chosen], readable_course
            )
        return done[level, user]

    return get


def _run(
    level: str, user: int | None, names: list[str], course: Path
) -> dict[str, dict[str, object]]:
    """Run the arena in a process of its own, as another user where one is given."""
    command = [sys.executable, "-m", "tests.attacks.arena", level, str(course), *names]
    if user is not None:
        command = ordinary.command(command, user, namespaces=level == "full")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=SECONDS
    )
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if not found:
        pytest.fail(f"the arena did not start: {done.stderr[-2_000:]}")
    return {str(row["attack"]): row for row in found}


def _named(chosen: Sequence[Attack]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("attack", chosen, ids=[attack.name for attack in chosen])


def _held(attack: Attack, found: dict[str, dict[str, object]]) -> None:
    row = found.get(attack.name)
    assert row is not None, f"the batch was not finished: {attack.name} has no result"
    assert not row["faults"], f"{attack.holds}\n{row['faults']}\n{row['found']}"


FULL = [attack for attack in ALL if "full" in attack.levels]
REDUCED = [attack for attack in ALL if "reduced" in attack.levels]
HARMFUL = [attack for attack in ALL if attack.harm]
_works = {finding.level: finding.works for finding in available()}
_is_root = os.geteuid() == 0
_readable = all(path.stat().st_mode & 0o005 == 0o005 for path in (ROOT, *ROOT.parents))
needs_full = pytest.mark.skipif(not _works.get("full"), reason="no level full on this machine")
needs_another_user = pytest.mark.skipif(
    not _is_root or bool(ordinary.missing()) or not _readable,
    reason="needs root, unshare and setpriv, and a folder that every user can read",
)
needs_landlock = pytest.mark.skipif(
    sys.platform != "linux" or not Path("/sys/kernel").exists(), reason="needs Linux"
)


@needs_full
@_named(FULL)
def test_full(rows: Rows, attack: Attack) -> None:
    _held(attack, rows("full", None, FULL))


@pytest.mark.attacks
@needs_full
@needs_another_user
@_named(FULL)
def test_full_as_an_ordinary_user(rows: Rows, attack: Attack) -> None:
    _held(attack, rows("full", ordinary.USER, FULL))


@pytest.mark.attacks
@needs_landlock
@needs_another_user
@_named(REDUCED)
def test_reduced_as_an_ordinary_user(rows: Rows, attack: Attack) -> None:
    _held(attack, rows("reduced", ordinary.USER, REDUCED))


@pytest.mark.attacks
@needs_landlock
@needs_another_user
@_named(REDUCED)
def test_reduced_as_root(rows: Rows, attack: Attack) -> None:
    _held(attack, rows("reduced", 0, REDUCED))


@pytest.mark.attacks
@pytest.mark.skipif(not _is_root, reason="the harm is that of a grader that runs as root")
@_named(HARMFUL)
def test_does_harm_where_nothing_confines_it(rows: Rows, attack: Attack) -> None:
    _held(attack, rows("none", None, HARMFUL))
