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
from autograder.sandbox.usage import Meter, Process
from autograder.wall import cgroup, confine, levels, linux
from autograder.wall.confine import Bounds, Level
from autograder.wall.messages import Ended, KernelRequest

SYSTEMD = range(61_184, 65_520)
"""Users that systemd keeps for what exists only while it runs."""
LIMITS = Limits(20.0, 60.0, 2_000, 512, 1_000, 30.0)


def user_of(slot: int, folder: Path, patch: pytest.MonkeyPatch) -> int:
    """Return the user that a slot's processes become where root grades."""
    became: list[int] = []
    patch.setattr(os, "geteuid", lambda: 0)
    patch.setattr(os, "lchown", lambda *_: None)
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
@pytest.mark.parametrize(("user", "bounded"), [(1_000, False), (100_000, False), (61_191, True)])
def test_only_a_user_of_ours_has_its_processes_counted(
    user: int, bounded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else all that the person runs who grades would count, whatever the number of that user."""
    kinds = []
    monkeypatch.setattr(os, "getuid", lambda: user)
    monkeypatch.setattr(confine.resource, "setrlimit", lambda kind, _: kinds.append(kind))
    confine._limit(Level.REDUCED, Bounds(1_024, 16), slot=7)
    assert (confine.resource.RLIMIT_NPROC in kinds) is bounded


def test_use_is_that_of_a_process_and_its_descendants() -> None:
    busy = "import time\nkept = bytearray(50 << 20)\nwhile time.process_time() < 0.3: pass\nprint()\ninput()"
    command = [sys.executable, "-c", busy]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        ours, theirs = (
            Meter(pid, Level.NONE, 10_000, None).look() for pid in (os.getpid(), process.pid)
        )
        proportional_mb = psutil.Process(process.pid).memory_full_info().pss / 2**20
        process.communicate(b"\n")
    assert {os.getpid(), process.pid} <= set(ours.processes)
    assert theirs.processes == [process.pid]
    assert theirs.cpu_seconds >= 0.2
    assert theirs.memory_mb == pytest.approx(proportional_mb, abs=3)
    assert 50 < theirs.memory_mb < ours.memory_mb


GUARD = """
import os, sys, tempfile, time
from autograder.wall import confine
from autograder.wall.confine import Bounds, Level
folder = tempfile.mkdtemp(dir=sys.argv[1])
os.chmod(folder, 0o755)
confine.separate(Level.FULL)
if os.fork() == 0:
    files = {"tests/q1.py": b"OK = {}"}
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


# ---------------------------------------------------------------- what nobody's page table holds


def time_of(*looks: dict[int, Process]) -> float:
    """Return what a meter adds up over several looks at processes."""
    meter = Meter(1, Level.NONE, 100, None)
    return [meter._cpu(look) for look in looks][-1]


def test_a_child_that_is_waited_for_counts_once() -> None:
    parent, child = Process(1, 1.0, 0.0, 9.0), Process(2, 3.0, 0.0, 9.0)
    assert time_of({2: parent, 3: child}, {2: Process(1, 1.5, 3.5, 9.0)}) == pytest.approx(5.0)


def test_a_child_that_nobody_waits_for_keeps_its_time() -> None:
    parent, child = Process(1, 1.0, 0.0, 9.0), Process(2, 3.0, 0.0, 9.0)
    assert time_of({2: parent, 3: child}, {2: parent}, {2: parent}) == pytest.approx(4.0)


MOUNTS_1 = """
30 25 0:26 / /cg/memory rw - cgroup cgroup rw,memory
31 25 0:27 / /cg/cpu rw - cgroup cgroup rw,cpu,cpuacct
"""
MOUNTS_2 = "30 25 0:26 / /cg rw - cgroup2 cgroup2 rw\n"
PLACES: dict[str, tuple[str, str, list[str], list[str]]] = {
    "version 1": ("4:memory:/a\n2:cpu,cpuacct:/b\n", MOUNTS_1, [], ["memory/a", "cpu/b"]),
    "in a container": (
        "4:memory:/docker/a\n2:cpuacct:/docker/a\n",
        MOUNTS_1.replace(" / ", " /docker/a "),
        [],
        ["memory", "cpu"],
    ),
    "version 2, handed down beside us": ("0::/u/a\n", MOUNTS_2, ["u"], ["u", "u"]),
    "version 2, handed down to us": ("0::/u/a\n", MOUNTS_2, ["u/a"], ["u/a", "u/a"]),
    "version 2, not handed down": ("0::/u/a\n", MOUNTS_2, [], []),
    "version 1 without memory": ("2:cpu,cpuacct:/b\n", MOUNTS_1, [], []),
    "elsewhere": ("4:memory:/b\n", MOUNTS_1.replace(" / ", " /a "), [], []),
    "no control groups": ("", "", [], []),
}


@pytest.mark.parametrize("name", PLACES)
def test_where_control_groups_can_be_had(name: str, tmp_path: Path) -> None:
    groups, mounts, controlled, places = PLACES[name]
    for folder in ("memory/a", "cpu/b", "u/a"):
        (tmp_path / folder).mkdir(parents=True)
        for each in (folder, str(Path(folder).parent)):
            (tmp_path / each / "cgroup.procs").touch()
            text = "cpu memory" if each in controlled else "cpu"
            (tmp_path / each / "cgroup.subtree_control").write_text(text)
    (tmp_path / "cgroup").write_text(groups)
    (tmp_path / "mountinfo").write_text(mounts.replace("/cg", str(tmp_path)).strip())
    assert list(cgroup.places_here(tmp_path)) == [tmp_path / place for place in places]


FILES_1 = {
    "memory.stat": "cache 99\nrss 1048576\nshmem 2097152\n",
    "memory.kmem.usage_in_bytes": "1048576\n",
    "memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n",
    "memory.max_usage_in_bytes": "75\n",
    "memory.limit_in_bytes": "100\n",
    "cpuacct.usage": "2500000000\n",
}
FILES_2 = {
    "memory.stat": "anon 1048576\nfile 99\nshmem 2097152\nkernel 1048576\n",
    "memory.events": "low 0\nmax 0\noom 1\noom_kill 1\n",
    "memory.peak": "75\n",
    "memory.max": "100\n",
    "cpu.stat": "usage_usec 2500000\nuser_usec 1\n",
}


@pytest.mark.parametrize("files", [FILES_1, FILES_2], ids=["version 1", "version 2"])
def test_what_a_control_group_counts(files: dict[str, str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    group = cgroup.Group(tmp_path, tmp_path)
    counted = (group.memory_mb(), group.cpu_seconds(), group.out_of_memory(), group.peak())
    assert counted == (4.0, 2.5, True, 0.75)


@pytest.mark.skipif(not cgroup.places_here(), reason="no control groups for us")
def test_a_group_counts_bounds_and_goes() -> None:
    with cgroup.batch() as folders:
        group = cgroup.make(folders, "test", 64)
        assert group is not None
        hold = "import sys; held = bytearray(int(sys.argv[1]) << 20)"
        enter = 'for f; do echo 0 > "$f/cgroup.procs"; done; "$0" -c "$CODE" "$MB"'
        for megabytes, ended in (("16", False), ("200", True)):
            command = ["sh", "-c", enter, sys.executable, str(group.memory), str(group.time)]
            environment = {**os.environ, "CODE": hold, "MB": megabytes}
            subprocess.run(command, env=environment, check=False, capture_output=True)
            assert (group.out_of_memory(), group.peak() > 0.9) == (ended, ended)
        assert group.cpu_seconds() > 0
        group.remove()
    assert not any(Path(folder).exists() for folder in folders)


def test_the_group_that_took_the_memory_is_to_blame() -> None:
    found = [guard._whose_memory(peak) for peak in (1.0, 0.7, 0.1)]
    assert found == [Ended.MEMORY, Ended.KILLED, Ended.OUTSIDE]


@pytest.mark.skipif(not cgroup.places_here(), reason="no control groups for us")
def test_groups_of_a_command_that_was_killed_are_removed() -> None:
    place = cgroup.places_here()[0]
    left = place / "autograder-4194304-left"  # no system has such a pid
    (left / "1").mkdir(parents=True)
    with cgroup.batch():
        assert not left.exists()


DENIED = """
import mmap, os, tempfile
from autograder.wall import linux
linux.seccomp(shared_memory=False)
private = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
with tempfile.TemporaryFile() as file:
    file.truncate(4096)
    mmap.mmap(file.fileno(), 4096)
for flags in (mmap.MAP_SHARED, 3):
    try:
        mmap.mmap(-1, 4096, flags=flags | mmap.MAP_ANONYMOUS)
    except PermissionError:
        print("denied")
"""


@pytest.mark.skipif(not levels.available()[0].works, reason="needs seccomp")
def test_memory_that_only_a_group_counts_cannot_be_had_without_one() -> None:
    done = subprocess.run([sys.executable, "-c", DENIED], capture_output=True, text=True)
    assert done.stdout.split() == ["denied"] * 2, done.stderr
