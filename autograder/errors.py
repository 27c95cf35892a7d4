"""The error tree, split by whose fault it is.

    AutograderError
    ├── UsageError           the caller's: wrong option, path or setting            exit 2
    │   ├── ConfigError      otter_config.json, or an assignment's source
    │   └── DataError        the data set is missing or is not what it should be
    ├── SubmissionError      the submission's: becomes a row, never ends a batch    exit 3
    ├── WireError            what came out of the sandbox breaks the wire format: a test fails
    └── KitError             ours, or the machine's: never a student's zero         exit 3
        ├── IsolationError   this machine cannot confine untrusted code
        └── JudgeError       the judge failed
            └── JudgeLostError   it died or did not answer in time; it may be the value's doing

What a student's code does wrong is data (an outcome with a message), not an exception.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator

from autograder import words
from autograder.records import Problem

EXIT_OK = 0
EXIT_TEST_FAILED = 1
EXIT_USAGE = 2
EXIT_NOT_GRADED = 3
EXIT_INTERRUPTED = 130


_MACHINES = frozenset(
    {errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOSPC, errno.EDQUOT, errno.EROFS}
)


class AutograderError(Exception):
    """Base of all; the message says what is wrong, where, and what to do."""

    exit_code = EXIT_NOT_GRADED


class UsageError(AutograderError):
    """A wrong option, path or setting."""

    exit_code = EXIT_USAGE


class ConfigError(UsageError):
    """A wrong key in `otter_config.json`, or an assignment whose source cannot be used."""


class DataError(UsageError):
    """The data set is missing, or is not the data set it should be."""


class SubmissionError(AutograderError):
    """The submission cannot be graded; `problem` is the reason that its row states."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(words.problem(self.problem))


class WireError(AutograderError):
    """What came out of the sandbox breaks the wire format; a claim that is refused."""


class KitError(AutograderError):
    """Our own fault or the machine's; the submission stays ungraded."""


class IsolationError(KitError):
    """This machine cannot confine untrusted code as asked."""

    exit_code = EXIT_USAGE


class JudgeError(KitError):
    """The judge failed."""


class JudgeLostError(JudgeError):
    """The judge died, or did not answer in time; what it judged may be to blame."""


def machines_fault(error: BaseException | None) -> bool:
    """Whether the machine is behind an exception: no memory, no descriptors, a disk that fails.

    What such an exception was turned into counts as well.
    """
    return lacks_memory(error) or any(
        isinstance(each, OSError) and each.errno in _MACHINES for each in _made_from(error)
    )


def lacks_memory(error: BaseException | None) -> bool:
    """Whether there was no memory for what an exception, or what it was made from, wanted."""
    return any(
        isinstance(each, MemoryError) or (isinstance(each, OSError) and each.errno == errno.ENOMEM)
        for each in _made_from(error)
    )


def _made_from(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception, then the one that it was made from, and so on."""
    while error is not None:
        if not getattr(error, "of_student", False):  # theirs, whatever it says
            yield error
        error = error.__cause__ or error.__context__
