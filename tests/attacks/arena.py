"""Grades hostile notebooks, and looks at what they leave behind.

    python -m tests.attacks.arena LEVEL COURSE NAME...

grades the named attacks one after the other with one grader, and prints one JSON object per attack:
`{"attack": name, "faults": [text, ...], "seconds": ..., "found": ...}`. No fault means that the
wall held. It runs in a process of its own, so that an attack which breaks the grader is seen.

An attack is a file whose docstring is its header and whose other lines are one cell:

    tries    what the code wants
    holds    what must be true all the same
    puts     the question whose answer cell gets the code (q1)
    others   `right` or `wrong`: how the other questions are answered (right)
    expects  points by question, exact or as `low..high`, and what a problem must say
    levels   where the wall claims to hold (full, reduced)
    harm     points without any isolation: more than `expects` where the attack succeeds

The code says that it got what it wanted by earning the points that it must not earn: `answer = 42`
is worth 2 points, `answer = 41` (the attack ran to its end and got nothing) is worth 1. It finds in
`HOST` what the arena stands up outside.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

HERE = Path(__file__).parent
WRONG = {"q1": "answer = 41", "q2": "squares = np.zeros(10)", "q3": "network = None"}
CLEAN_SECONDS = 5.0
"""How long a submission's processes and files may take to go."""
MOST_DRIVER_MB = 900
"""How much memory a driver may take: its own, what it grants a kernel, and what comes meanwhile."""
MOST_GROWTH_MB = 400
"""How much memory one submission may cost the grader's own process."""


@dataclass(frozen=True)
class Attack:
    """One hostile notebook."""

    name: str
    code: str
    holds: str
    puts: str
    others: str
    expects: str
    levels: tuple[str, ...]
    harm: str


def attacks() -> list[Attack]:
    """All attacks, by name."""
    paths = sorted(path for path in HERE.glob("*/*.py") if not path.name.startswith("_"))
    return [_read(path) for path in paths]


def _read(path: Path) -> Attack:
    source = path.read_text(encoding="utf-8")
    header = ast.get_docstring(ast.parse(source)) or ""
    fields = dict(re.findall(r"^(\w+): (.*(?:\n .*)*)", header, re.MULTILINE))
    unknown = set(fields) - {"tries", "holds", "puts", "others", "expects", "levels", "harm"}
    if unknown or not {"tries", "holds", "expects"} <= set(fields):
        raise ValueError(f"{path}: a header without tries, holds, expects, or with {unknown}")
    end = ast.parse(source).body[0].end_lineno
    return Attack(
        name=f"{path.parent.name}/{path.stem}",
        code="\n".join(source.splitlines()[end:]).strip(),
        holds=fields["holds"],
        puts=fields.get("puts", "q1"),
        others=fields.get("others", "right"),
        expects=fields["expects"],
        levels=tuple(fields.get("levels", "full, reduced").replace(",", " ").split()),
        harm=fields.get("harm", ""),
    )


def misses(expects: str, earned: dict[str, float | None], problems: list[str]) -> list[str]:
    """Say which of the expected points and problems did not come."""
    found = []
    points, _, said = expects.partition(";")
    for part in points.replace(",", " ").split():
        question, _, wanted = part.partition("=")
        low, _, high = wanted.partition("..")
        got = earned[question]
        if got is None or not float(low) <= got <= float(high or low):
            found.append(f"{question} earned {got}, expected {wanted}")
    if said.strip() and said.strip() not in " ".join(problems):
        found.append(f"no problem says {said.strip()!r}")
    return found


# ------------------------------------------------------------------ what stands outside the wall


@contextmanager
def host(base: Path, staff: Path) -> Iterator[tuple[tuple[socket.socket, ...], dict[str, object]]]:
    """Stand up what an attacker could reach for: files, sockets, a process, an environment."""
    canary = "canary-" + "on-the-host"
    secret = base / "secret.txt"
    secret.write_text(canary)
    os.environ["AUTOGRADER_ATTACKS_CANARY"] = canary
    with ExitStack() as stack:
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        by_path = stack.enter_context(socket.socket(socket.AF_UNIX))
        by_path.bind(str(base / "host.sock"))
        abstract = stack.enter_context(socket.socket(socket.AF_UNIX))
        abstract.bind(f"\0{base.name}")
        for listener in (by_path, abstract):
            listener.listen(64)
        sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
        stack.callback(sleeper.wait)
        stack.callback(sleeper.kill)
        for listener in (tcp, by_path, abstract):
            listener.setblocking(False)
        yield (
            (tcp, by_path, abstract),
            {
                "grader": os.getpid(),
                "process": sleeper.pid,
                "file": str(secret),
                "staff": str(staff),
                "folder": str(base),
                "port": tcp.getsockname()[1],
                "socket": str(base / "host.sock"),
                "abstract": base.name,
            },
        )


# ------------------------------------------------------------------ what is left behind


class Traces:
    """What is there before and after: processes, files, mounts, descriptors."""

    def __init__(self, base: Path, pids: list[int]) -> None:
        self._base = base
        self._tops = pids
        time.sleep(0.5)
        self._before = self._look()
        while (now := self._look()) != self._before:
            self._before = now
            time.sleep(0.2)

    def left(self) -> list[str]:
        """Say what has come and not gone again, after giving it time to go."""
        deadline = time.monotonic() + CLEAN_SECONDS
        while faults := self._compare():
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        self._before = self._look()
        return faults

    def _compare(self) -> list[str]:
        now = self._look()
        faults = []
        for kind, old in self._before.items():
            if kind == "processes" and (gone := old - now[kind]):
                faults.append(f"{kind} gone: {sorted(gone)[:5]}")
            if new := now[kind] - old:
                faults.append(f"{kind} left: {sorted(new)[:5]}")
        return faults

    def _look(self) -> dict[str, set[str]]:
        descriptors = len(os.listdir("/proc/self/fd"))
        return {
            "processes": self._processes(),
            "files": {
                path for path in self._paths() if "/home/" not in path and "/store" not in path
            },
            "mounts": set(Path("/proc/self/mountinfo").read_text().splitlines())
            if str(self._base) in Path("/proc/self/mountinfo").read_text()
            else set(),
            "descriptors": {str(n) for n in range(descriptors)},
        }

    def _paths(self) -> Iterator[str]:
        """Everything in our folder; what goes meanwhile is left out."""
        for folder, folders, files in os.walk(self._base):
            yield from (os.path.join(folder, name) for name in [*folders, *files])

    def _processes(self) -> set[str]:
        """Descendants of the grader's processes, and whatever carries our folder's name."""
        parents: dict[int, int] = {}
        marked = set()
        mark = str(self._base).encode()
        for folder in Path("/proc").glob("[0-9]*"):
            pid = int(folder.name)
            try:
                stat = (folder / "stat").read_text().rpartition(")")[2].split()
                if stat[0] == "Z" and int(stat[1]) not in self._tops:
                    continue
                parents[pid] = int(stat[1])
                if (
                    mark in (folder / "environ").read_bytes()
                    or mark in (folder / "cmdline").read_bytes()
                ):
                    marked.add(pid)
            except (OSError, IndexError):
                continue
        tree = set(self._tops)
        while more := {pid for pid, parent in parents.items() if parent in tree} - tree:
            tree |= more
        return {str(pid) for pid in (tree | marked) - {os.getpid()} if pid in parents}


# ------------------------------------------------------------------ the arena


def _memory_mb(field: str) -> float:
    return int(Path("/proc/self/status").read_text().split(f"{field}:")[1].split()[0]) / 1024


class Arena:
    """A grader under attack."""

    def __init__(self, level: str, course: Path, base: Path) -> None:
        from autograder.wall.confine import Level

        self.level = Level(level)
        self.base = base
        self._course = course

    @contextmanager
    def open(self) -> Iterator[None]:
        """Start the grader, and what stands outside."""
        from autograder.course import config as course
        from autograder.grading.grader import open_grader

        found = course.find_course(self._course)
        self.assignment = course.read_assignment(found, "tiny")
        with host(self.base, self.assignment.staff) as (self.listeners, self.host):
            with open_grader(self.assignment, found.settings, None, self.level) as self.grader:
                sandbox = self.grader.sandbox
                warm = (sandbox.kernels, sandbox.drivers, self.grader.judge)
                zygotes = [one._process.pid for one in warm]
                self._honest("before")  # what is opened once and kept is open from here on
                self.traces = Traces(self.base, zygotes)
                self.zygotes = zygotes
                yield

    def run(self, attack: Attack, expects: str) -> list[str]:
        """Grade an attack and, beside it, an honest submission; say what went wrong."""
        answers = {q: text for q, text in WRONG.items() if attack.others == "wrong"}
        answers[attack.puts] = f"HOST = {self.host!r}\n{attack.code}"
        outcome: list[object] = []
        Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here on
        before = _memory_mb("VmRSS")
        thread = threading.Thread(
            target=lambda: outcome.append(self._grade(f"attack-{attack.name}", answers)),
            daemon=True,
        )
        thread.start()
        thread.join(0.4 if attack.name.startswith("availability") else 0.05)
        alone = self.grader.most_jobs(2) == 1
        honest = [] if alone else [self._honest("beside")]
        driver_mb = self._largest_driver(thread)
        if not outcome:
            return ["it was not graded within 180 s"]
        self.last = str(outcome[0])
        if isinstance(outcome[0], str):
            return [f"the grader raised: {outcome[0]}"]
        earned, problems, messages = outcome[0]
        self.last = f"{earned} {problems} {messages}"
        if self.level == "none":
            return misses(expects, earned, problems)
        left = [*self.traces.left(), *self._reached(), *self._grown(before)]
        if driver_mb > MOST_DRIVER_MB:
            left.append(f"the driver grew to {driver_mb:.0f} MB")
        if alone or attack.name.startswith("availability"):
            honest.append(self._honest("after"))
        return [*misses(expects, earned, problems), *left, *filter(None, honest)]

    def _reached(self) -> list[str]:
        """Say whether anyone connected to what stands outside."""
        faults = []
        for listener in self.listeners:
            with suppress(BlockingIOError):
                while True:
                    listener.accept()[0].close()
                    faults.append("someone connected to a socket of the host")
        return sorted(set(faults)) if self.level != "none" else []

    def _grown(self, before: float) -> list[str]:
        """Say whether the grader's own process took much memory meanwhile."""
        grown = _memory_mb("VmHWM") - before
        return [f"the grader's process grew by {grown:.0f} MB"] if grown > MOST_GROWTH_MB else []

    def _largest_driver(self, thread: threading.Thread) -> float:
        """Wait for a submission to be graded; return the most memory that any driver took."""
        most, deadline = 0, time.monotonic() + 180
        drivers = psutil.Process(self.grader.sandbox.drivers._process.pid)
        while thread.is_alive() and time.monotonic() < deadline:
            thread.join(0.2)
            for driver in drivers.children():
                with suppress(psutil.NoSuchProcess):
                    most = max(most, driver.memory_info().rss)
        return most / 2**20

    def _honest(self, when: str) -> str:
        """Grade an honest submission; say what it lost."""
        outcome = self._grade(f"honest-{when}", {})
        if isinstance(outcome, tuple) and sum(p or 0 for p in outcome[0].values()) == 10:
            return ""
        return f"an honest submission ({when}) got {outcome}"

    def _grade(self, name: str, answers: dict[str, str]) -> tuple | str:
        from autograder.reports import gradebook
        from autograder.store import open_store
        from autograder.words import problems_for_staff
        from tests.conftest import earned, solved_but, submission

        try:
            grade = self.grader.grade(submission(name, solved_but(self.assignment, **answers)))
            with open_store(self.base / "store" / name, "tiny") as store:
                store.add(grade, "")
            gradebook.write(self.base / "store" / name, [grade])
            shutil.rmtree(self.base / "store" / name)
        except BaseException as error:
            return "".join(traceback.format_exception(error)[-3:])
        messages = [case.detail or case.message for v in grade.questions for case in v.cases]
        notes = [note for verdict in grade.questions for note in verdict.notes]
        return dict(earned(grade)), list(problems_for_staff(grade)), [*messages, *notes]


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that all temporary files of this process go to, with a short path."""
    before, base = tempfile.tempdir, Path(tempfile.mkdtemp(prefix="attacks-"))
    base.chmod(0o755)
    tempfile.tempdir = os.environ["TMPDIR"] = str(base)
    try:
        yield base
    finally:
        tempfile.tempdir = before
        os.environ.pop("TMPDIR")
        shutil.rmtree(base, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("level")
    parser.add_argument("course", type=Path)
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    wanted = [attack for attack in attacks() if not given.names or attack.name in given.names]
    with private_folder() as base:
        arena = Arena(given.level, given.course, base)
        with arena.open():
            for attack in wanted:
                started, arena.last = time.monotonic(), ""
                faults = arena.run(attack, attack.harm if given.level == "none" else attack.expects)
                row = {
                    "attack": attack.name,
                    "faults": faults,
                    "seconds": round(time.monotonic() - started, 1),
                    "found": arena.last[:2_000],
                }
                print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
