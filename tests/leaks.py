"""What a test may not leave behind: processes, threads, descriptors, temporary folders."""

from __future__ import annotations

import gc
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from autograder.wall.zygote import scratch_prefix

GRACE_SECONDS = 20.0
"""What was told to end may take this long until it has."""
WIDER = {"tiny_graders", "mnist_grader", "rows"}
"""Fixtures of a whole session whose processes come, go and are replaced while tests use them."""
BROWSER = ("chromium", "chrome")
"""A browser is the whole session's, and starts helpers of its own when it sees fit."""
LASTING = ("/dev/", "anon_inode:", str(Path(os.__file__).parent))
"""Where descriptors lead that libraries open once: devices, event loops' epolls, own modules."""


def present(*, descriptors: bool = True) -> set[str]:
    """What this process has now, in words; its dead children count until they are waited for."""
    things = {f"folder {path.name}" for path in _folders()}
    things |= {f"thread {t.name} ({t.ident})" for t in threading.enumerate()}
    things |= {f"process {pid}: {name}" for pid, name in _children()}
    if descriptors:
        things |= set(_descriptors())
    return things


def _folders() -> list[Path]:
    """Those of this process only: others may be grading on the machine."""
    return list(Path(tempfile.gettempdir()).glob(f"{scratch_prefix()}*"))


def _children() -> Iterator[tuple[int, str]]:
    for child in psutil.Process().children(recursive=True):
        try:
            if not child.name().startswith(BROWSER):
                yield child.pid, " ".join(child.cmdline()[:6]) or child.status()
        except psutil.NoSuchProcess:
            continue


def _descriptors() -> Iterator[str]:
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - numbers, not paths
        try:
            target = os.readlink(f"/proc/self/fd/{name}")  # noqa: PTH115
        except OSError:  # the one that lists the folder
            continue
        if not target.startswith(LASTING):
            yield f"descriptor {name}: {target}"


@contextmanager
def leaves_nothing(*, descriptors: bool = True) -> Iterator[None]:
    """Fail if there is more at the end than at the beginning.

    Not when the block itself failed: then what it left is its smaller problem.
    """
    before = present(descriptors=descriptors)
    yield
    deadline = time.monotonic() + GRACE_SECONDS
    while more := present(descriptors=descriptors) - before:
        if time.monotonic() > deadline:
            raise AssertionError("left behind: " + "; ".join(sorted(more)))
        gc.collect()  # what only garbage holds is the collector's to close; it warns
        time.sleep(0.05)
