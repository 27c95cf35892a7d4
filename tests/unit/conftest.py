"""What unit tests share: TensorFlow, imported when one needs it; zips looked into in this process."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Self

import pytest

from autograder.files import regular
from autograder.intake import archive
from autograder.reader import zip_worker
from autograder.reader.zip_client import AskZip, ZipAnswer
from autograder.reader.zips import Zip
from autograder.wall.confine import Level


class ZipsHere:
    """Looks into zips in this process: what a test changes there holds, and nothing starts."""

    def __init__(self, _: Level) -> None:
        self._file: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._stream.close()

    def wait_until_ready(self) -> None:
        pass

    def ask(self, file: Path, asked: AskZip) -> ZipAnswer:
        if self._file != file:
            stream = regular(file)
            self.__exit__()
            self._file, self._stream = file, stream
            self._zip = Zip(self._stream)
        return zip_worker.answer(self._zip, asked)


@pytest.fixture(autouse=True)
def zips_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "Zips", ZipsHere)


@pytest.fixture(scope="session")
def keras() -> Any:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras

    return keras


@pytest.fixture(scope="session")
def models(keras: Any) -> Any:
    from autograder.judge import models

    return models
