"""Who is who on this machine: users of submissions and of the judge, and what processes use."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from autograder.errors import IsolationError
from autograder.records import Limits
from autograder.sandbox import guard
from autograder.wall import confine, levels, linux
from autograder.wall.confine import Level
from autograder.wall.messages import KernelRequest

SYSTEMD = range(61_184, 65_520)
"""Users that systemd keeps for what exists only while it runs."""
LIMITS = Limits(20.0, 60.0, 2_000, 512, 1_000, 30.0)


def user_of(slot: int, folder: Path, patch: pytest.MonkeyPatch) -> int:
    """Return the user that a slot's processes become where root grades."""
    became: list[int] = []
    patch.setattr(os, "geteuid", lambda: 0)
    patch.setattr(os, "chown", lambda *_: None)
    patch.setattr(confine, "_become", became.append)
    patch.setattr(linux, "drop_capabilities", lambda: None)
    confine.become_unprivileged(Level.REDUCED, str(folder), slot)
    (user,) = became
    return user


def test_the_judges_user_is_never_a_submissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [0, 1, confine.UIDS - 1, confine.UIDS, 10 * confine.UIDS + 7]
    submissions = {
        user_of(guard._slot(KernelRequest({}, 0, number, LIMITS)), tmp_path, monkeypatch)
        for number in numbers
    }
    judges = {user_of(confine.UIDS + number, tmp_path, monkeypatch) for number in (0, 7, 299)}
    assert not submissions & judges
    assert all(user in SYSTEMD for user in submissions | judges)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_use_is_that_of_a_process_and_its_descendants() -> None:
    busy = "import time\nkept = bytearray(50 << 20)\nwhile time.process_time() < 0.3: pass\nprint()\ninput()"
    command = [sys.executable, "-c", busy]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        ours, theirs = guard.usage(os.getpid()), guard.usage(process.pid)
        resident_mb = psutil.Process(process.pid).memory_info().rss / 2**20
        process.communicate(b"\n")
    assert {os.getpid(), process.pid} <= set(ours.processes)
    assert theirs.processes == [process.pid]
    assert theirs.cpu_seconds >= 0.2
    assert theirs.resident_mb == pytest.approx(resident_mb, abs=2)
    assert 50 < theirs.resident_mb < ours.resident_mb


GUARD = """
import os, sys, tempfile, time
from autograder.wall import confine
from autograder.wall.confine import Bounds, Level
folder = tempfile.mkdtemp(dir=sys.argv[1])
os.chmod(folder, 0o755)
confine.separate(Level.FULL)
if os.fork() == 0:
    files = {"tests/q1.py": "OK = {}"}
    confine.lock_in(Level.FULL, folder, Bounds(1024, 64), os.devnull, 5, files=files)
    with open(confine.WORK + "/tests/q1.py") as file:
        print(file.read(), flush=True)
    time.sleep(60)
os.wait()
"""


@pytest.mark.skipif(not levels.available()[0].works, reason="needs namespaces")
def test_what_is_locked_in_ends_with_its_guard(tmp_path: Path) -> None:
    command = [sys.executable, "-c", GUARD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as guard:
        assert guard.stdout is not None
        assert guard.stdout.readline() == "OK = {}\n"
        (init,) = psutil.Process(guard.pid).children()
        guard.kill()
        gone, _ = psutil.wait_procs([init], timeout=20)
    assert gone


@pytest.fixture
def prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that Python claims to be installed in."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("place", ["dist", "submissions", "graded", "venv/course"])
def test_of_pythons_folder_only_what_it_needs_is_shown(place: str, prefix: Path) -> None:
    assert str(prefix / "lib") in confine.visible()
    confine.keep_hidden(Level.FULL, [prefix / place])


SHOWN = ["lib/course", "lib/python3/site-packages/course", "share/course", "bin", "share/../lib/x"]


@pytest.mark.parametrize("level", [Level.FULL, Level.REDUCED])
@pytest.mark.parametrize("place", [*SHOWN, "/usr/local/share/course", "/usr"])
def test_what_notebooks_could_read_is_refused(place: str, level: Level, prefix: Path) -> None:
    with pytest.raises(IsolationError, match="every notebook can therefore read"):
        confine.keep_hidden(level, [prefix / "dist", prefix / place])


def test_a_link_does_not_hide_a_folder(prefix: Path) -> None:
    (prefix / "lib" / "course").mkdir(parents=True)
    (prefix / "course").symlink_to(prefix / "lib" / "course")
    with pytest.raises(IsolationError):
        confine.keep_hidden(Level.FULL, [prefix / "course"])
    confine.keep_hidden(Level.NONE, [prefix / "course"])


LOOKS = """
import os, sys, tempfile
from autograder.wall import confine
from autograder.wall.confine import Bounds, Level
level, prefix = Level(sys.argv[1]), sys.argv[2]
sys.prefix = prefix
folder = tempfile.mkdtemp(dir=sys.argv[3])
os.chmod(folder, 0o755)
confine.separate(level)
if os.fork() == 0:
    confine.lock_in(level, folder, Bounds(1024, 64), os.devnull, 5)
    for name in ("lib/module.py", "dist/test.py"):
        try:
            print(open(f"{prefix}/{name}").read())
        except OSError:
            print("hidden")
os.wait()
"""


@pytest.mark.parametrize("level", [0, 1])
def test_a_course_in_pythons_folder_is_not_shown(level: int, tmp_path: Path) -> None:
    found = levels.available()[level]
    if not found.works:
        pytest.skip(found.reason)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    for name in ("prefix/lib/module.py", "prefix/dist/test.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")
    command = [sys.executable, "-c", LOOKS, found.level, str(tmp_path / "prefix"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["text", "hidden"]
