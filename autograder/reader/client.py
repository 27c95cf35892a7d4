"""The orchestrator's side of the reader: one process per batch, two forks per file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from autograder.errors import KitError, SubmissionError
from autograder.records import Reading, Submission
from autograder.wall.channel import receive, send
from autograder.wall.confine import Level
from autograder.wall.messages import Failed, ReadFile, Unreadable, WasRead
from autograder.wall.watched import SECONDS
from autograder.wall.zygote import Zygote

_LATE_SECONDS = 30


class Reader(Zygote):
    """A warm process that has imported everything; it forks for each file."""

    def __init__(
        self, level: Level, reference: Path, solution: Path, questions: Sequence[str]
    ) -> None:
        arguments = [str(level), str(reference), str(solution), *questions]
        shown = [reference, solution]
        super().__init__("autograder.reader.worker", arguments, level, shown)

    def read(self, submission: Submission) -> Reading:
        """Read a file as it was handed in, as `notebook.triage.reading` does.

        Raises SubmissionError where it cannot be graded, and where reading it takes too much;
        KitError where the fault is ours or the machine's.
        """
        asked = ReadFile(submission.inner, submission.sha256, submission.size)
        with file_of(submission) as file, self.connect() as channel:
            channel.settimeout(SECONDS + _LATE_SECONDS)
            try:
                send(channel, asked, file.fileno())
                received = receive(channel, WasRead, Unreadable, Failed)
            except (OSError, ValueError) as error:
                raise KitError(f"the process that reads notebooks failed ({error})") from None
        match received and received[0]:
            case WasRead(reading):
                return reading
            case Unreadable(problem):
                raise SubmissionError(problem)
            case Failed(why):
                raise KitError(f"{submission.origin} could not be read: {why}")
        raise KitError(f"the process that reads notebooks ended: {self.last_words()}")


def file_of(submission: Submission) -> IO[bytes]:
    """Open what was handed in. Raises KitError where that cannot be done any more."""
    try:
        return submission.open()
    except OSError as error:
        raise KitError(
            f"{submission.origin} changed while it was graded ({error}); grade it again"
        ) from error
