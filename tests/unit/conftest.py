"""TensorFlow for the few tests that need it: imported once, and only when one of them runs."""

from __future__ import annotations

import os
from typing import Any

import pytest


@pytest.fixture(scope="session")
def keras() -> Any:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras

    return keras


@pytest.fixture(scope="session")
def models(keras: Any) -> Any:
    from autograder.judge import models

    return models
