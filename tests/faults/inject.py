"""Makes a point in the code fail: its first, its second, any one call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest


@dataclass
class Point:
    """A function that every caller finds at `owner.name`; counts calls, and fails one of them."""

    owner: Any
    name: str
    calls: int = 0
    failing: int = 0
    """The number of the call that raises instead of doing anything; 0 for none."""
    error: Callable[[], BaseException] = OSError

    def watch(
        self,
        patch: pytest.MonkeyPatch,
        failing: int = 0,
        error: Callable[[], BaseException] | None = None,
    ) -> None:
        """Count from now on."""
        original = getattr(self.owner, self.name)
        self.failing, self.error = failing, error or self.error

        def called(*arguments: Any, **named: Any) -> Any:
            self.calls += 1
            if self.calls == self.failing:
                raise self.error()
            return original(*arguments, **named)

        patch.setattr(self.owner, self.name, called)
