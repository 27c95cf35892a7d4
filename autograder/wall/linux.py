"""The Linux calls that confine a process, with the kernel documentation's names.

namespaces(7), mount_namespaces(7), capabilities(7), landlock(7), seccomp(2). Each function does one
thing and raises OSError where the kernel refuses it. Importing the module works everywhere; calling
anything in it needs Linux.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable

if sys.platform == "linux":
    _libc = ctypes.CDLL(None, use_errno=True)

CLONE_NEWNS = 0x0002_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
CLONE_NEWNET = 0x4000_0000
CLONE_NEW_ANY = 0x7E02_0080
"""All of the above, and those of time and cgroup."""

MAP_SHARED = 1
"""Also a bit of MAP_SHARED_VALIDATE; MAP_PRIVATE is 2."""
MAP_ANONYMOUS = 32

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_REMOUNT = 32
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
MNT_DETACH = 2

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_CAPBSET_DROP = 24
PR_SET_SECCOMP = 22
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
SECCOMP_MODE_FILTER = 2

_LAST_CAPABILITY = 63


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _bytes(path: str | None) -> bytes | None:
    return None if path is None else os.fsencode(path)


def unshare(flags: int) -> None:
    """Move this process (and for CLONE_NEWPID its future children) into new namespaces."""
    _check(_libc.unshare(ctypes.c_int(flags)), f"unshare({flags:#x})")


def mount(source: str, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """mount(2)."""
    result = _libc.mount(
        _bytes(source), _bytes(target), _bytes(kind), ctypes.c_ulong(flags), _bytes(data)
    )
    _check(result, f"mount {source} on {target}")


def bind(source: str, target: str, flags: int) -> None:
    """Bind-mount with flags: the kernel takes them in a second step only."""
    mount(source, target, None, MS_BIND | MS_REC)
    locked = os.statvfs(target).f_flag & (os.ST_NOSUID | os.ST_NODEV | os.ST_NOEXEC)
    mount(source, target, None, MS_BIND | MS_REMOUNT | MS_REC | locked | flags)


def pivot_root(new_root: str) -> None:
    """Make `new_root` the root, and forget the old one."""
    os.chdir(new_root)
    _check(_libc.syscall(_number("pivot_root"), b".", b"."), "pivot_root")
    _check(_libc.umount2(b".", MNT_DETACH), "umount2 of the old root")
    os.chdir("/")


def prctl(option: int, *arguments: int) -> None:
    """prctl(2)."""
    values = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    _check(_libc.prctl(ctypes.c_int(option), *values), f"prctl({option})")


def drop_capabilities() -> None:
    """Give up every capability for good: bounding, ambient, permitted, effective, inheritable."""
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break  # beyond the kernel's last one, or not ours to drop
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = struct.pack("=Ii", 0x2008_0522, 0)  # _LINUX_CAPABILITY_VERSION_3
    _check(_libc.capset(header, struct.pack("=6I", *[0] * 6)), "capset")


# ---------------------------------------------------------------- system call numbers


_X86_64 = {
    "pivot_root": 155, "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311,
    "kcmp": 312, "pidfd_getfd": 438, "process_madvise": 440, "mount": 165, "umount2": 166,
    "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432,
    "fspick": 433, "mount_setattr": 442, "chroot": 161, "unshare": 272, "setns": 308,
    "clone": 56, "clone3": 435, "bpf": 321, "perf_event_open": 298, "keyctl": 250,
    "add_key": 248, "request_key": 249, "userfaultfd": 323, "kexec_load": 246,
    "kexec_file_load": 320, "init_module": 175, "finit_module": 313, "delete_module": 176,
    "name_to_handle_at": 303, "open_by_handle_at": 304, "io_uring_setup": 425,
    "io_uring_enter": 426, "io_uring_register": 427, "memfd_create": 319, "memfd_secret": 447,
    "socket": 41, "prlimit64": 302, "sched_setaffinity": 203,
    "setpriority": 141, "ioprio_set": 251, "personality": 135,
    "swapon": 167, "swapoff": 168, "reboot": 169, "sethostname": 170, "setdomainname": 171,
    "iopl": 172, "ioperm": 173, "acct": 163, "quotactl": 179, "syslog": 103, "lookup_dcookie": 212,
    "shmget": 29, "shmat": 30, "msgget": 68, "semget": 64, "mq_open": 240, "move_pages": 279,
    "migrate_pages": 256, "mbind": 237, "fanotify_init": 300, "vhangup": 153, "settimeofday": 164,
    "clock_settime": 227, "adjtimex": 159, "clock_adjtime": 305, "inotify_init": 253,
    "inotify_init1": 294, "inotify_add_watch": 254, "io_setup": 206, "mmap": 9,
}  # fmt: skip
_LANDLOCK = {
    "landlock_create_ruleset": 444,
    "landlock_add_rule": 445,
    "landlock_restrict_self": 446,
}
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}


def _number(name: str) -> int:
    """Return the number of a system call; Landlock's are the same on every architecture."""
    if name in _LANDLOCK:
        return _LANDLOCK[name]
    if name == "pivot_root" and platform.machine() in _PIVOT_ROOT:
        return _PIVOT_ROOT[platform.machine()]
    raise OSError(38, f"{name}: no known number on {platform.machine()}")


# ---------------------------------------------------------------- Landlock

_ACCESS_FS = {
    "execute": 1 << 0, "write_file": 1 << 1, "read_file": 1 << 2, "read_dir": 1 << 3,
    "remove_dir": 1 << 4, "remove_file": 1 << 5, "make_char": 1 << 6, "make_dir": 1 << 7,
    "make_reg": 1 << 8, "make_sock": 1 << 9, "make_fifo": 1 << 10, "make_block": 1 << 11,
    "make_sym": 1 << 12, "refer": 1 << 13, "truncate": 1 << 14, "ioctl_dev": 1 << 15,
}  # fmt: skip
_READ = _ACCESS_FS["execute"] | _ACCESS_FS["read_file"] | _ACCESS_FS["read_dir"]
_FILE_ONLY = ("execute", "write_file", "read_file", "truncate", "ioctl_dev")
_ACCESS_BITS_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15}
_ACCESS_NET_ALL = 0b11
_SCOPE_ALL = 0b11
"""Abstract Unix sockets and signals; since ABI 6."""


def landlock_abi() -> int:
    """The version of Landlock that the kernel offers; 0 for none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_libc.syscall(_number("landlock_create_ruleset"), None, 0, 1)))


def landlock(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Restrict this process and its children to these files and folders.

    TCP is denied (ABI 4), and signals and abstract sockets stay within the sandbox (ABI 6).
    """
    abi = landlock_abi()
    if abi < 1:
        raise OSError(38, "landlock: not offered by this kernel")
    every = (1 << _ACCESS_BITS_BY_ABI.get(abi, 16)) - 1
    ruleset_attr = struct.pack(
        "=QQQ", every, _ACCESS_NET_ALL if abi >= 4 else 0, _SCOPE_ALL if abi >= 6 else 0
    )
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    ruleset = _check(
        _libc.syscall(_number("landlock_create_ruleset"), ruleset_attr, size, 0), "landlock"
    )
    try:
        for paths, access in ((readable, _READ), (writable, every)):
            for path in paths:
                _allow(ruleset, path, access & every)
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        _check(_libc.syscall(_number("landlock_restrict_self"), ruleset, 0), "landlock")
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, access: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - by name, as the kernel opened it
            access &= sum(_ACCESS_FS[name] for name in _FILE_ONLY)
        rule = struct.pack("=Qi", access, descriptor)
        _check(_libc.syscall(_number("landlock_add_rule"), ruleset, 1, rule, 0), f"landlock {path}")
    finally:
        os.close(descriptor)


# ---------------------------------------------------------------- seccomp

SECCOMP_RET_ALLOW = 0x7FFF_0000
SECCOMP_RET_KILL_PROCESS = 0x8000_0000
SECCOMP_RET_ERRNO = 0x0005_0000
_EPERM, _ENOSYS = 1, 38
_AUDIT_ARCH_X86_64 = 0xC000_003E
_X32 = 0x4000_0000
_AF_UNIX = 1
_LD, _JEQ, _JGE, _JSET, _RET = 0x20, 0x15, 0x35, 0x45, 0x06

_CONDITIONAL = ("socket", "prlimit64", "clone", "clone3", "mmap")
_DENIED = [name for name in _X86_64 if name not in _CONDITIONAL]


def seccomp(*, shared_memory: bool = True) -> None:
    """Deny what an ordinary notebook never needs: other namespaces, processes, kernels, networks.

    Sockets are Unix sockets only. Denied calls fail with EPERM (clone3 with ENOSYS, so that libc
    falls back to clone). Without `shared_memory`, memory of no file can be private only. Only
    x86_64: elsewhere OSError.
    """
    if platform.machine() != "x86_64":
        raise OSError(_ENOSYS, f"seccomp: no filter for {platform.machine()}")
    call = _X86_64
    program = [
        (_LD, 0, 0, 4),  # seccomp_data.arch
        (_JEQ, 1, 0, _AUDIT_ARCH_X86_64),
        (_RET, 0, 0, SECCOMP_RET_KILL_PROCESS),
        (_LD, 0, 0, 0),  # seccomp_data.nr
        (_JGE, 0, 1, _X32),
        (_RET, 0, 0, SECCOMP_RET_KILL_PROCESS),
        (_JEQ, 0, 1, call["clone3"]),
        (_RET, 0, 0, SECCOMP_RET_ERRNO | _ENOSYS),
        (_JEQ, 0, 4, call["socket"]),
        (_LD, 0, 0, 16),  # the low half of seccomp_data.args[0]
        (_JEQ, 1, 0, _AF_UNIX),
        (_RET, 0, 0, SECCOMP_RET_ERRNO | _EPERM),
        (_RET, 0, 0, SECCOMP_RET_ALLOW),
        (_JEQ, 0, 4, call["prlimit64"]),  # of this process, not of another
        (_LD, 0, 0, 16),
        (_JEQ, 1, 0, 0),
        (_RET, 0, 0, SECCOMP_RET_ERRNO | _EPERM),
        (_RET, 0, 0, SECCOMP_RET_ALLOW),
        (_JEQ, 0, 4, call["clone"]),
        (_LD, 0, 0, 16),
        (_JSET, 0, 1, CLONE_NEW_ANY & ~0x80),
        (_RET, 0, 0, SECCOMP_RET_ERRNO | _EPERM),
        (_RET, 0, 0, SECCOMP_RET_ALLOW),
    ]
    if not shared_memory:
        program += [
            (_JEQ, 0, 5, call["mmap"]),
            (_LD, 0, 0, 16 + 8 * 3),  # the flags
            (_JSET, 0, 2, MAP_SHARED),
            (_JSET, 0, 1, MAP_ANONYMOUS),
            (_RET, 0, 0, SECCOMP_RET_ERRNO | _EPERM),
            (_RET, 0, 0, SECCOMP_RET_ALLOW),
        ]
    for name in _DENIED:
        program += [(_JEQ, 0, 1, call[name]), (_RET, 0, 0, SECCOMP_RET_ERRNO | _EPERM)]
    program.append((_RET, 0, 0, SECCOMP_RET_ALLOW))
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("=HxxxxxxQ", len(program), ctypes.addressof(buffer))
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    address = ctypes.create_string_buffer(header, len(header))
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(address))
