"""Confines one submission's processes: namespaces, a root of its own, limits, Landlock, seccomp."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from autograder.errors import IsolationError
from autograder.wall import linux


class Level(StrEnum):
    """How much confines a submission; recorded with every grade."""

    FULL = "full"
    """User, pid, mount, net, ipc and uts namespaces, Landlock, seccomp, limits."""
    REDUCED = "reduced"
    """No namespaces: Landlock, seccomp, limits, one submission at a time."""
    NONE = "none"
    """Nothing. For the kit's own samples, or by explicit choice."""


WORK, HOME, OUT, RUN = (f"/sandbox/{name}" for name in ("work", "home", "out", "run"))
TMP = "/tmp"  # noqa: S108 - the sandbox's own
WRITABLE = (WORK, HOME, OUT, RUN, TMP, "/dev/shm")  # noqa: S108
DATA = "/sandbox/data.npz"
_DEVICES = ("null", "full", "random", "urandom")  # a shared mapping of `zero` is in no process
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_ETC = ("ld.so.cache", "localtime", "fonts", "ssl/openssl.cnf", "mime.types", "nsswitch.conf")
_PREFIX = ("bin", "lib", "lib64", "share", "include", "pyvenv.cfg")
"""What Python needs of the folder that it is installed in."""
_FIRST_UID = 61_184  # systemd's range for users that exist only while something runs
UIDS = 4_000
"""Slots of submissions; those of the judge's forks come after them."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one submission's processes may use."""

    memory_mb: int
    disk_mb: int
    processes: int = 256
    files: int = 1_024
    inodes: int = 50_000
    shared_memory: bool = True
    """Whether processes may share memory that is no file. Nothing but a control group counts it: it
    stays where no process maps it any more."""


def separate(level: Level) -> None:
    """At level full, enter new namespaces; this process' next child is pid 1 in them.

    The mount namespace is left to the child: what watches it stays in the one outside.
    """
    if level is not Level.FULL:
        return
    rest = linux.CLONE_NEWPID | linux.CLONE_NEWNET | linux.CLONE_NEWIPC | linux.CLONE_NEWUTS
    if os.geteuid() == 0:
        linux.unshare(rest)
    else:
        _new_user_namespace(rest)


def _new_user_namespace(flags: int = 0) -> None:
    """Enter a user namespace in which only our own user exists."""
    uid, gid = os.geteuid(), os.getegid()
    linux.prctl(linux.PR_SET_DUMPABLE, 1)  # else the maps belong to root
    linux.unshare(linux.CLONE_NEWUSER | flags)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid} {uid} 1"),
        ("gid_map", f"{gid} {gid} 1"),
    ):
        Path(f"/proc/self/{name}").write_text(text, encoding="ascii")


def lock_in(
    level: Level,
    folder: str,
    bounds: Bounds,
    data: str,
    slot: int,
    *,
    files: Mapping[str, bytes] = MappingProxyType({}),
    data_file: str = "",
    landlock: bool = True,
) -> str:
    """Confine this process, the child of one that called `separate`, for good.

    `folder` is empty and becomes the root, `data` is the data set to show (empty: none), `slot`
    says whose user it becomes, `files` are contents by path for the work folder, `data_file` is the
    name of a link to the data there. The order matters: mounts and ownership need the rights that
    the later steps give up.

    Returns what stands before the sandbox's paths: nothing at level full, where `folder` has become
    the root; else `folder`. Raises OSError where the machine refuses a step.
    """
    root = _enter(level, folder, bounds, data)
    lay_out(Path(root + WORK), files, data_file, data if root else DATA)
    become_unprivileged(level, root, slot)
    if sys.platform == "linux":
        # Else it would live on when its guard is killed. Only now: the system forgets it when a
        # process changes its user. What runs inside can reset it: where the guard lives, it ends
        # pid 1 of the namespace, and with it all others.
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    _limit(level, bounds, slot)
    _lock(level, root, data, landlock=landlock, shared_memory=bounds.shared_memory)
    return root


def lay_out(folder: Path, files: Mapping[str, bytes], data_file: str, data: str) -> None:
    """Write files, given by their paths, below a folder, and a link to the data."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if data_file:
        (folder / data_file).symlink_to(data)


def _enter(level: Level, folder: str, bounds: Bounds, data: str) -> str:
    """Make the writable folders, at level full in a root of their own."""
    root = "" if level is Level.FULL else folder
    if level is Level.FULL:
        _enter_root(folder, bounds, data)
    for path in WRITABLE:
        Path(root + path).mkdir(parents=True, exist_ok=True)
    if level is Level.REDUCED and os.geteuid() != 0 and linux.landlock_abi() < 6:
        raise OSError(1, "without namespaces, an ordinary user needs Landlock ABI 6 (Linux 6.12)")
    return root


def _enter_root(new_root: str, bounds: Bounds, data: str) -> None:
    """Give init a root of its own: one sized tmpfs, with a read-only view of what Python needs."""
    linux.unshare(linux.CLONE_NEWNS)
    # Else the mounts would spread to the host: systemd makes its own shared.
    linux.mount("none", "/", None, linux.MS_REC | linux.MS_PRIVATE)
    options = f"size={bounds.disk_mb}m,nr_inodes={bounds.inodes},mode=755"
    linux.mount("tmpfs", new_root, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, options)
    for source in visible():
        _show(source, new_root + source)
    if data:
        _show(data, new_root + DATA)
    for device in _DEVICES:
        target = Path(new_root) / "dev" / device
        target.parent.mkdir(exist_ok=True)
        target.touch()
        linux.mount(f"/dev/{device}", str(target), None, linux.MS_BIND)
    proc = Path(new_root) / "proc"
    proc.mkdir()
    linux.mount("proc", str(proc), "proc", linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC)
    linux.pivot_root(new_root)


def visible() -> list[str]:
    """The host's folders and files that Python needs, and all that a notebook can read."""
    prefixes = {os.path.realpath(prefix) for prefix in (sys.prefix, sys.base_prefix)} | {sys.prefix}
    outside = [p for p in sorted(prefixes) if not f"{p}/".startswith("/usr/")]
    # Not the whole prefix: `python -m venv .` makes one of a folder that holds a course.
    parts = [f"{prefix}/{part}" for prefix in outside for part in _PREFIX]
    return [*_SYSTEM, *(f"/etc/{name}" for name in _ETC), *parts]


def keep_hidden(level: Level, paths: Iterable[Path]) -> None:
    """Raise IsolationError where one of these lies in what every notebook can read."""
    shown = set(map(os.path.realpath, visible())) if level is not Level.NONE else set()
    for path in paths:
        real = path.resolve()
        for place in map(str, (real, *real.parents)):
            if place in shown:
                raise IsolationError(
                    f"{path} lies in {place}, which Python needs and every notebook can therefore "
                    "read. Move it to a folder of your own outside of Python's."
                )


def _show(source: str, target: str) -> None:
    """Make a host path visible, read-only; a symbolic link stays one."""
    if not os.path.lexists(source) or os.path.lexists(target):
        return
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    if Path(source).is_symlink() and source in _SYSTEM:
        Path(target).symlink_to(Path(source).readlink())
        return
    if Path(source).is_dir():
        Path(target).mkdir()
    else:
        Path(target).touch()
    linux.bind(source, target, linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV)


def become_unprivileged(level: Level, root: str, slot: int) -> None:
    """Give everything writable to the slot's own user, and become that user for good."""
    if level is Level.NONE:
        return
    if os.geteuid() == 0:
        uid = _FIRST_UID + slot
        handed = [*(Path(root + folder) for folder in WRITABLE), *Path(root + WORK).rglob("*")]
        for path in handed:
            os.lchown(path, uid, uid)
        if root:
            Path(root).chmod(0o755)
        # Really another user, not root mapped to one: limits on processes do not bind root.
        _become(uid)
        if level is Level.FULL:
            _new_user_namespace()
    linux.drop_capabilities()


def end_user(slot: int) -> None:
    """Kill all processes of a slot's user in one call, which none of them outruns; needs root."""
    if os.geteuid() != 0:
        return
    helper = os.fork()
    if helper == 0:
        try:
            _become(_FIRST_UID + slot)
            os.kill(-1, signal.SIGKILL)  # all but this process
        finally:
            os._exit(0)
    os.waitpid(helper, 0)


def _become(uid: int) -> None:
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _limit(level: Level, bounds: Bounds, slot: int) -> None:
    """Set the limits that the kernel enforces for each process."""
    if level is Level.NONE:
        return
    limits = {
        resource.RLIMIT_AS: (bounds.memory_mb + 3_072) << 20,  # TensorFlow maps 3 GB, uses 0.4
        resource.RLIMIT_NOFILE: bounds.files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 1 << 20,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: bounds.files,  # timers count as such
    }
    if level is Level.FULL or os.getuid() == _FIRST_UID + slot:
        limits[resource.RLIMIT_NPROC] = bounds.processes  # else it would count the user's own, too
    for kind, value in limits.items():
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def _lock(level: Level, root: str, data: str, *, landlock: bool, shared_memory: bool) -> None:
    """Landlock, then seccomp; nothing lifts them again.

    seccomp comes last: it denies the calls that the steps before it are made of.
    """
    if level is Level.NONE:
        return
    writable = [*(root + folder for folder in WRITABLE), *(f"/dev/{name}" for name in _DEVICES)]
    readable = ["/"] if level is Level.FULL else [*visible(), data or root, "/proc", root]
    if landlock:
        linux.landlock(readable, writable)
    linux.seccomp(shared_memory=shared_memory)
