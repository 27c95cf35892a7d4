"""The log that a command keeps beside its results, for those who look for what went wrong.

Each room has a logger of its own below `autograder`. Names of files, messages of exceptions and
what a fork wrote to its error stream may be a student's words: a record is one line whatever is in
it, and a traceback's lines are indented, so that nobody can write a record of his own.
"""

from __future__ import annotations

import logging
import logging.handlers
import platform
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from autograder import __version__
from autograder.errors import UsageError
from autograder.files import escaped

FILE = "autograder.log"
MAX_BYTES = 4 << 20
"""A longer log becomes `autograder.log.1`, in place of the one before it."""
MAX_CHARACTERS = 400
"""Of one line; what a student wrote may be long."""
MAX_LINES = 60
"""Of one traceback: the last ones."""
_log = logging.getLogger("autograder.cli")


class Lines(logging.Formatter):
    """Time (UTC), level, thread, room and message in a line; a traceback below it, indented."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record's lines."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        head = f"{moment} {record.levelname} {record.threadName} {record.name}"
        trace = self.formatException(record.exc_info).split("\n") if record.exc_info else []
        lines = [f"    {escaped(line, MAX_CHARACTERS)}" for line in trace[-MAX_LINES:]]
        return "\n".join([f"{head}: {escaped(record.getMessage(), MAX_CHARACTERS)}", *lines])


class Log(logging.handlers.RotatingFileHandler):
    """A file that is appended to; where it cannot be written, grading goes on without it."""

    tells_of_errors = False

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        super().emit(record)
        self.tells_of_errors |= record.levelno >= logging.ERROR

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - it is logging's name
        """Say nothing: the command itself meets the full disk, and says so."""


@contextmanager
def log_to(folder: Path, level: str = "info") -> Iterator[None]:
    """Keep `autograder.log` in a folder, and name it where something of ours failed."""
    path = folder / FILE
    with suppress(OSError):  # the command itself says what is wrong with its folder
        folder.mkdir(parents=True, exist_ok=True)
    log = Log(path, maxBytes=MAX_BYTES, backupCount=1, encoding="utf-8", delay=True)
    log.setFormatter(Lines())
    logger = logging.getLogger("autograder")
    before = logger.level
    logger.addHandler(log)
    logger.setLevel(level.upper())
    try:
        _say_begin()
        yield
        _log.info("ends")
    except (UsageError, KeyboardInterrupt, click.Abort) as error:
        _log.info("ends: %s", str(error) or "interrupted")
        raise
    except Exception:
        _log.exception("ends with an error")
        raise
    finally:
        logger.removeHandler(log)
        logger.setLevel(before)
        log.close()
        if log.tells_of_errors and path.exists():
            click.echo(f"Something of ours failed; what it was is in {path}", err=True)


def _say_begin() -> None:
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    _log.info("begins: autograder %s, %s", __version__, machine)
    _log.info("command: %s", shlex.join(sys.argv[1:]))
