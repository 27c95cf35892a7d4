"""What an assignment gives the processes that run notebooks and judge them.

Modules are imported before any fork, so that a fork does not wait for them. TensorFlow and Keras
are among them only where the assignment's own code imports them.
"""

from __future__ import annotations

import importlib
import random
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.wall.channel import Message, decode, encode
from autograder.wall.confine import DATA, Level

_KERAS = ("tensorflow", "keras")


@dataclass(frozen=True, slots=True)
class Supplies(Message):
    """An assignment's modules, its data set and its files."""

    imports: tuple[str, ...] = ()
    """What code imports: `a.b` for `from a import b`, where `a.b` may be a module or not."""
    data: str = ""
    """The path of an `.npz` file; empty where the assignment needs no data set."""
    data_name: str = ""
    """What Keras calls that data set: `keras.datasets.<name>.load_data` reads it."""
    data_file: str = ""
    """The name of a link to it in the work folder; empty where there is none."""
    folder: str = ""
    files: tuple[str, ...] = ()
    """Paths below `folder` of what lies in the work folder."""

    @property
    def paths(self) -> list[Path]:
        """Where the files are."""
        return [Path(self.folder, name) for name in self.files]

    @property
    def shown(self) -> list[Path]:
        """All that must be readable."""
        return [*self.paths, Path(self.data)] if self.data else self.paths

    def contents(self) -> Mapping[str, bytes]:
        """Read the files, by their paths in the work folder."""
        return {name: Path(self.folder, name).read_bytes() for name in self.files}

    def place(self, level: Level) -> str:
        """The data set's path as a confined process sees it; empty where there is none."""
        return DATA if self.data and level is Level.FULL else self.data


def as_argument(supplies: Supplies) -> str:
    """Supplies as one argument of a command line."""
    return encode(supplies).decode()


def from_argument(text: str) -> Supplies:
    """The supplies that an argument says."""
    return decode(text.encode(), Supplies)


def with_keras(imports: tuple[str, ...]) -> tuple[str, ...]:
    """Modules, with TensorFlow and Keras where there is one of the two: they come together."""
    here = {name.partition(".")[0] for name in imports}
    return (*_KERAS, *imports) if here & set(_KERAS) else imports


def import_modules(imports: tuple[str, ...]) -> None:
    """Import what is here; what is missing fails where it is used. Runs no TensorFlow operation."""
    for name in with_keras(imports):
        with suppress(ImportError):
            importlib.import_module(name)


def seed_everything(seed: int) -> None:
    """Seed Python, NumPy and, where it is imported, Keras."""
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(seed)
        return
    random.seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed)


def load_offline(name: str, path: str) -> None:
    """Let `keras.datasets.<name>.load_data` read a file, without a network."""
    if name and "keras" in sys.modules:
        module = importlib.import_module(f"keras.src.datasets.{name}")
        vars(module)["get_file"] = lambda *_, **__: path
