"""What this machine can confine: tried, not guessed.

`available` runs this module in a child process per level; the child does what a submission's guard
and init do, without TensorFlow.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.errors import IsolationError
from autograder.wall import confine
from autograder.wall.confine import Bounds, Level


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether a level can be had here, and what stands in the way."""

    level: Level
    works: bool
    reason: str = ""


@cache
def available() -> tuple[Availability, ...]:
    """Try both levels, the better one first."""
    if sys.platform != "linux":
        why = f"{platform.system()} cannot confine a process; use Linux"
        return Availability(Level.FULL, False, why), Availability(Level.REDUCED, False, why)
    return tuple(_try(level) for level in (Level.FULL, Level.REDUCED))


def choose(asked: str) -> Level:
    """Return the best level for `auto`, or the one asked for. Raises IsolationError."""
    if asked == Level.NONE:
        return Level.NONE
    tried = [each for each in available() if asked in ("auto", each.level)]
    for availability in tried:
        if availability.works:
            return availability.level
    reasons = "; ".join(f"{each.level}: {each.reason}" for each in tried)
    raise IsolationError(
        f"this machine cannot confine untrusted notebooks ({reasons}). Grade on Linux with user "
        "namespaces (`autograder doctor` says more), or, for notebooks that you trust as you trust "
        "your own code, pass --isolation none."
    )


def best() -> Level:
    """Return the best level that can be had here: none where nothing confines."""
    return next((each.level for each in available() if each.works), Level.NONE)


def wrapper(level: Level, shown: Sequence[str], writable: Sequence[str]) -> list[str]:
    """The start of a command line that runs it in bubblewrap; empty where that cannot be had.

    Whoever broke out of a submission's own confinement would find no more than `shown`, `writable`
    and Python there, and no network.
    """
    if level is Level.NONE or not bubblewrap_works(level):
        return []
    return _bubblewrap(shown, writable)


@cache
def bubblewrap_works(level: Level) -> bool:
    """Whether a level can be had inside bubblewrap."""
    if shutil.which("bwrap") is None:
        return False
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        return _try(level, _bubblewrap([], [folder]), {"TMPDIR": folder}).works


def _bubblewrap(shown: Sequence[str], writable: Sequence[str]) -> list[str]:
    package = str(Path(__file__).parent.parent)
    readable = [path for path in (*confine.visible(), package, *shown) if os.path.lexists(path)]
    parents = {str(p) for path in (*readable, *writable) for p in Path(path).parents}
    command = ["bwrap", "--die-with-parent", "--new-session"]
    command += [f"--unshare-{kind}" for kind in ("net", "ipc", "uts", "pid")]
    if os.geteuid() == 0:
        command += ["--cap-add", "ALL"]
    for parent in sorted(parents - {"/", "/usr", "/etc/ssl/certs"}):
        command += ["--perms", "0755", "--dir", parent]
    command += ["--proc", "/proc", "--dev", "/dev"]
    for path in readable:
        link = Path(path).is_symlink() and path not in (package, *shown)
        command += ["--symlink", os.readlink(path), path] if link else ["--ro-bind", path, path]  # noqa: PTH115
    for path in writable:
        command += ["--bind", path, path]
    return [*command, "--"]


def _try(level: Level, prefix: Sequence[str] = (), environ: Mapping[str, str] = {}) -> Availability:
    command = [*prefix, sys.executable, "-P", "-m", "autograder.wall.levels", str(level)]
    environment = {**os.environ, **environ}
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=False, timeout=60, env=environment
    )
    lines = done.stderr.strip().splitlines()
    return Availability(level, done.returncode == 0, lines[-1] if lines else "")


def _attempt(level: Level) -> None:
    """Do what a submission's processes do; an exception says what the machine refuses."""
    bounds = Bounds(memory_mb=1_024, disk_mb=64)
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        confine.separate(level)
        child = os.fork()
        if child == 0:
            try:
                root = confine.lock_in(level, folder, bounds, "", slot=0)
                Path(f"{root}{confine.WORK}/file").write_text("x", encoding="ascii")
                os._exit(0)
            except BaseException as error:  # noqa: BLE001 - the parent reports it
                sys.stderr.write(f"{error}\n")
                sys.stderr.flush()
            os._exit(1)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    try:
        _attempt(Level(sys.argv[1]))
    except OSError as refused:
        sys.exit(f"{refused}")
