"""Whose fault it is when a process around a submission ends: told by trying once more."""

from __future__ import annotations

import os
from dataclasses import dataclass

import psutil

from autograder.errors import KitError
from autograder.records import Limits

LEAST_MEMORY_MB = 1_024
"""What the judge needs for honest values."""


class KernelKilledError(KitError):
    """The kernel was killed, and not by us."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What ended while a submission was graded, and is its own doing if it does so again."""

    kernel: bool = False
    """It was killed, and not by us."""
    judge_at: frozenset[str] = frozenset()
    """Questions at which the judge ended or did not answer in time."""


NOTHING = Lost()


def judges_memory(limits: Limits) -> int:
    """MB for one submission's judge: with one on each processor, half of the machine's memory.

    So a value too large to judge meets this limit, which tells whose it is, and not the machine's.
    """
    share = int(psutil.virtual_memory().total >> 20) // (2 * (os.cpu_count() or 1))
    return max(LEAST_MEMORY_MB, min(limits.memory_mb, share))
