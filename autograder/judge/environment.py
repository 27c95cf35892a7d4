"""The names that a test file sees: the staff's own, and what the student's notebook called so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from autograder.judge.session import Session


class Environment(dict[str, Any]):
    """Names for the tests of one question.

    Once the student's functions have run, a name may stand for something else: it is asked for
    again when it is read first. Each copy, which is a case's own, asks for itself.
    """

    def __init__(
        self, values: Mapping[str, object], context: Mapping[str, object], session: Session
    ) -> None:
        """Take `context`, the staff's names, and `values`, the student's, which come after."""
        super().__init__({**context, **values})
        self._crossing = frozenset(values)
        self._session = session
        self._read: set[str] = set()

    def begin_case(self, is_hidden: bool) -> None:
        """Begin with a case: what it reads is read anew."""
        self._read.clear()
        self._session.begin_case(is_hidden=is_hidden)

    def __getitem__(self, name: str) -> Any:
        """Return what a name stands for now. Raises KeyError where it stands for nothing."""
        if name in self._crossing and name not in self._read:
            self._read.add(name)
            if self._session.calls and not self._session.over:
                self._read_anew(name)
        return super().__getitem__(name)

    def _read_anew(self, name: str) -> None:
        """Ask for a name; where its process does not tell, it stands for what it stood for."""
        try:
            value = self._session.ask("find", name)
        except KeyError:
            self.pop(name)
        except Exception:  # noqa: BLE001 - whatever a hostile process says
            return
        else:
            super().__setitem__(name, value)

    def __setitem__(self, name: str, value: object) -> None:
        self._crossing -= {name}
        super().__setitem__(name, value)

    def get(self, name: str, default: Any = None) -> Any:
        """Return what a name stands for now, or `default`."""
        try:
            return self[name]
        except KeyError:
            return default

    def copy(self) -> Self:
        """Return an environment for another case."""
        copy = type(self)({}, self, self._session)
        copy._crossing = self._crossing
        return copy
