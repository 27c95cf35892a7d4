"""Two hundred starts and ends in a row: none fails, and nothing is left."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.grader import Grader
from autograder.records import Limits
from autograder.sandbox.driver import kernel
from autograder.wall.messages import KernelRequest

TIMES = 200
LIMITS = Limits(20.0, 60.0, 2_048, 64, 1_000, 20.0)


@pytest.mark.slow
def test_two_hundred_kernels(tiny_grader: Grader) -> None:
    asyncio.run(_one(tiny_grader, 0))  # what is opened once and kept is open from here on
    time.sleep(3)  # what ends has ended
    before = _left(tiny_grader)
    for number in range(1, TIMES + 1):
        asyncio.run(_one(tiny_grader, number))
    deadline = time.monotonic() + 15
    while (after := _left(tiny_grader)) != before and time.monotonic() < deadline:
        time.sleep(0.1)
    assert after == before


async def _one(grader: Grader, number: int) -> None:
    """Start a kernel, have it compute one number, and end it."""
    sandbox = grader.sandbox.kernels
    link = sandbox.folder / str(number)
    request = KernelRequest({}, 1, number, LIMITS)
    async with kernel(sandbox.connect(), link, request) as manager:
        client = manager.client()
        client.start_channels(hb=False, stdin=False)
        try:
            code, answer = f"found = {number} * 2", {"found": "found"}
            message = client.execute(code, user_expressions=answer, allow_stdin=False)
            while True:
                reply = await client.get_shell_msg(timeout=60)
                if reply["parent_header"].get("msg_id") == message:
                    break
        finally:
            client.stop_channels()
    found: Any = reply["content"]["user_expressions"]["found"]
    assert found["data"]["text/plain"] == str(number * 2), reply


def _left(grader: Grader) -> dict[str, Any]:
    """What could leak: descriptors here and in the zygote, mounts, processes, files."""
    top = grader.sandbox.kernels._process.pid
    tree = _descendants(top)
    return {
        "descriptors": len(os.listdir("/proc/self/fd")),
        "theirs": {pid: len(os.listdir(f"/proc/{pid}/fd")) for pid in sorted(tree)},
        "mounts": Path("/proc/self/mountinfo").read_text().count("\n"),
        "their mounts": Path(f"/proc/{top}/mountinfo").read_text().count("\n"),
        "files": sorted(path.name for path in grader.sandbox.kernels.folder.iterdir()),
    }


def _descendants(top: int) -> set[int]:
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    tree = {top}
    while more := {pid for pid, parent in parents.items() if parent in tree} - tree:
        tree |= more
    return tree
