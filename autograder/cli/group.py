"""The command group, its errors and the options that several commands share."""

from __future__ import annotations

import signal
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType

import click

from autograder import __version__
from autograder.errors import EXIT_INTERRUPTED, EXIT_NOT_GRADED, AutograderError
from autograder.files import escaped


class Interrupt:
    """Ends a command cleanly, once: those who press Ctrl-C twice shall not disturb the ending."""

    SAME_SECONDS = 5.0
    """What comes so soon after an interrupt belongs to it; later, something must be stuck."""

    def __init__(self) -> None:
        self._last = -self.SAME_SECONDS

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        """Take a signal."""
        now = time.monotonic()
        if now - self._last > self.SAME_SECONDS:
            self._last = now
            raise KeyboardInterrupt


class Group(click.Group):
    """Commands whose errors end as one readable line and an exit code."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; end with the exit code of the error it raises.

        A request to terminate ends it as Ctrl-C does: cleanly, with what is done.
        """
        interrupt = Interrupt()
        with suppress(ValueError):  # not in the main thread: a test, or somebody's own program
            signal.signal(signal.SIGINT, interrupt)
            signal.signal(signal.SIGTERM, interrupt)
        try:
            return super().invoke(ctx)
        except AutograderError as error:
            click.echo(f"autograder: {escaped(str(error))}", err=True)
            sys.exit(error.exit_code)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            why = escaped(f"{where}{error.strerror or error}")
            click.echo(f"autograder: {why}", err=True)
            sys.exit(EXIT_NOT_GRADED)
        except MemoryError:
            click.echo("autograder: this machine has no memory left", err=True)
            sys.exit(EXIT_NOT_GRADED)
        except (KeyboardInterrupt, click.Abort):
            click.echo("autograder: interrupted", err=True)
            sys.exit(EXIT_INTERRUPTED)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="autograder")
@click.option(
    "--course",
    "course_folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The course's folder. Default: the nearest one with otter_config.json, from here upwards.",
)
@click.pass_context
def main(context: click.Context, course_folder: Path | None) -> None:
    """Grade notebooks behind a wall between student code and tests.

    \b
    Example:
      autograder grade submissions/ -a mnist -o graded/
    """
    context.obj = course_folder


path_option = partial(click.option, type=click.Path(path_type=Path))
data_option = click.option(
    "--data",
    metavar="FILE|digits",
    help="Where the assignment needs MNIST: an .npz file, or `digits` for the embedded stand-in. "
    "Default: AUTOGRADER_DATA, Keras' cache, a download.",
)
isolation_option = click.option(
    "--isolation",
    type=click.Choice(["auto", "full", "reduced", "none"]),
    default="auto",
    show_default=True,
    help="How student code is confined. `none` lets it do whatever you can do.",
)
log_level_option = click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning"]),
    default="info",
    show_default=True,
    help="How much OUT/autograder.log says.",
)
assignment_option = click.option(
    "-a", "--assignment", "name", metavar="NAME", help="Default: the course's only assignment."
)
