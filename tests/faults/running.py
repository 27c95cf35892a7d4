"""The real command in processes of its own: what they are, how to hit one, what must be left."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from autograder.course.config import Assignment, Course
from tests.conftest import solved_but

KERNELS, DRIVERS, JUDGE = "autograder.sandbox.kernels", "autograder.sandbox.driver", "autograder.judge.worker"  # fmt: skip
KINDS = {
    "kernels": (KERNELS, 0),
    "guard": (KERNELS, 1),
    "init": (KERNELS, 2),
    "kernel": (KERNELS, 3),
    "drivers": (DRIVERS, 0),
    "driver": (DRIVERS, 1),
    "judge": (JUDGE, 0),
    "judge's session": (JUDGE, 1),
    "judge's fork": (JUDGE, 2),
}
"""Every kind of process of ours: which warm one it descends from, and how many forks away it is."""

PATIENCE = """
from autograder.wall import zygote
from autograder.sandbox import client
zygote.ANSWER_SECONDS = 8.0
client.LATE_SECONDS = -10.0
from autograder.cli import main
main(prog_name="autograder")
"""
"""The command line, but what hangs is noticed sooner."""


def patient_course(course: Course, folder: Path) -> Path:
    """A copy of the built tiny course whose time limits hold on a busy machine."""
    shutil.copytree(course.root, folder)
    config = json.loads((folder / "otter_config.json").read_text(encoding="utf-8"))
    config["kit"] |= {"cell_seconds": 25, "judge_seconds": 15}
    (folder / "otter_config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def write_class(tiny: Assignment, folder: Path, count: int, seconds: float = 1.5) -> Path:
    """Submissions that take a while between the first question and the second."""
    folder.mkdir()
    slow = f"import time\ntime.sleep({seconds})\nsquares = np.arange(10, dtype='float32') ** 2"
    for number in range(1, count + 1):
        answers = {"q2": slow} | ({"q1": "answer = 41"} if number % 2 else {})
        text = json.dumps(solved_but(tiny, **answers))
        (folder / f"student-{number:02}.ipynb").write_text(text, encoding="utf-8")
    return folder


@dataclass
class Grading:
    """One class, one folder for its results, a folder of its own for what is temporary."""

    course: Path
    submissions: Path
    out: Path
    temporary: Path
    jobs: int = 1
    isolation: str = "auto"

    def __post_init__(self) -> None:
        self.temporary.mkdir(exist_ok=True)

    def words(self, *more: str) -> list[str]:
        words = [sys.executable, "-c", PATIENCE, "--course", str(self.course), "grade"]
        words += [str(self.submissions), "-o", str(self.out), "-j", str(self.jobs)]
        return [*words, "--isolation", self.isolation, *more]

    def start(self, *more: str) -> subprocess.Popen[str]:
        data = os.environ.get("AUTOGRADER_DATA") or "digits"
        environment = {**os.environ, "AUTOGRADER_DATA": data, "TMPDIR": str(self.temporary)}
        return subprocess.Popen(
            self.words(*more),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *more: str) -> tuple[int, str]:
        """Run the command to its end; return its exit code and what it said."""
        with self.start(*more) as process:
            said = process.communicate(timeout=600)[0]
        return process.returncode, said

    def rows(self) -> dict[str, list[str]]:
        """The gradebook by submission, without what it took."""
        with (self.out / "grades.csv").open(newline="", encoding="utf-8") as stream:
            rows = list(csv.reader(stream))[1:]
        found = {row[0]: row[1:-1] for row in rows}
        assert len(found) == len(rows)
        return found

    def marked(self) -> int:
        """How many grades with marks were ever written."""
        with closing(sqlite3.connect(self.out / "grades.sqlite")) as connection:
            query = "SELECT count(*) FROM grades WHERE status != 'ungraded'"
            return int(connection.execute(query).fetchone()[0])

    def left(self) -> list[str]:
        """What is temporary and still there."""
        return sorted(path.name for path in self.temporary.iterdir())


def of_kind(kind: str, root: int) -> list[psutil.Process]:
    """The processes of one kind below the orchestrator."""
    module, generation = KINDS[kind]
    try:
        everything = psutil.Process(root).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
    parents: dict[int, int] = {}
    for process in everything:
        try:
            words = process.cmdline()
            if module in words and words[0] == sys.executable:
                parents[process.pid] = process.ppid()
        except psutil.Error:
            continue
    return [psutil.Process(pid) for pid in parents if _generation(pid, parents) == generation and psutil.pid_exists(pid)]  # fmt: skip


def _generation(pid: int, parents: dict[int, int]) -> int:
    count = -1
    while pid in parents:
        pid, count = parents[pid], count + 1
    return count


def wait_for(kind: str, process: subprocess.Popen[str], seconds: float = 300) -> psutil.Process:
    """Return a process of this kind as soon as there is one."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        if found := of_kind(kind, process.pid):
            return found[0]
        time.sleep(0.05)
    process.kill()
    raise AssertionError(f"no {kind}; the command said: {process.communicate()[0]}")


def strike_one(random_one: random.Random, root: int, kinds: Sequence[str], number: int) -> str:
    """Send a signal to one process of ours, whichever; return its kind, or nothing."""
    kind = random_one.choice(kinds)
    found = [psutil.Process(root)] if kind == "orchestrator" else of_kind(kind, root)
    if not found:
        return ""
    try:
        random_one.choice(found).send_signal(number)
    except psutil.NoSuchProcess:
        return ""
    return kind


@contextmanager
def nothing_stays(process: subprocess.Popen[str]) -> Iterator[None]:
    """All processes that the command had are gone a moment after it."""
    started = psutil.Process(process.pid).children(recursive=True)
    yield
    assert not psutil.wait_procs(started, timeout=60)[1], "processes were left behind"
