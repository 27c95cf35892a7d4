"""What the judge knows of the student's functions, classes and objects, and how it uses them.

Each has a number, by which the student's process knows it, and one stub here.
"""

from __future__ import annotations

import builtins
import sys
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from autograder.errors import WireError
from autograder.judge import rebuild, source, stubs, wire
from autograder.judge.remote import Connection, Refused, RemoteError
from autograder.judge.replacing import replaced
from autograder.wall import exchange
from autograder.wall.values import Writer

_ASKS_BY_NAME = frozenset({"find", "getattr", "same"})
"""Requests that hand over nothing but names."""
COMPARISONS = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
_ARITHMETIC = frozenset(stubs.ARITHMETIC.values())
MAX_ORIGIN = 200
MAX_NESTED = 20
"""How many classes may wait for their bases to be told."""


class Session:
    """One question's use of what the student's process holds."""

    def __init__(self, connection: Connection, notes: list[str]) -> None:
        self._connection = connection
        self._notes = notes
        self._stubs: dict[int, Any] = {}
        self._claims: dict[int, wire.RemoteClaim] = {}
        self._numbers: dict[int, int] = {}
        """The number of each stub, by its identity here."""
        self._errors: dict[tuple[str, type], type[Exception]] = {}
        self._kinds: dict[tuple[object, ...], type] = {}
        self._depth = 0
        self._random: object = exchange.random_state()
        self._origins = defaultdict[int, set[str]](set)
        """Where each number came from: `df`, `df.` an attribute of it, `df.()` what that gave."""
        self._origin: set[str] = set()
        """That of what is being taken over."""
        self._relies_on: set[str] = set()
        self._is_hidden = False
        self.left_behind: dict[str, None] = {}
        """Types of which tests could not see a value, and that are not the student's own."""
        self.handed_over = False
        """Whether a hidden case's own data went to the student's process."""

    @property
    def calls(self) -> int:
        """How many requests there have been."""
        return self._connection.calls

    @property
    def over(self) -> bool:
        """Whether nothing can be asked."""
        return bool(self._connection.over)

    def begin_case(self, *, is_hidden: bool) -> None:
        """Begin with a case: it has relied on nothing yet."""
        self._is_hidden = is_hidden
        self._relies_on.clear()

    def relied(self) -> tuple[str, ...]:
        """Return the origins of what answered about data of the case so far."""
        return tuple(sorted(self._relies_on))

    def variable(self, name: str, claim: object) -> object:
        """Take over what the student's notebook calls so. Raises WireError."""
        self._origin = {name}
        return rebuild.value(claim, self._notes, self.stub)

    def note(self, text: str) -> None:
        """Tell the staff something."""
        self._notes.append(text)

    def leave_behind(self, type_name: str) -> None:
        """Note a type of which tests could not see a value."""
        self.left_behind[type_name] = None

    # ------------------------------------------------------------------ requests

    def ask(self, do: str, /, *args: object, **kwargs: object) -> Any:
        """Have something done over there, and return its result.

        Raises what it raised there; RemoteError where it cannot be done.
        """
        writer = Writer(remote=self._argument)
        nodes = [writer.node(value) for value in args]
        arguments: dict[Any, object] = {**dict(enumerate(args)), **kwargs}
        named = {name: writer.node(value) for name, value in kwargs.items()}
        sent = [*nodes, *named.values()]
        has_data = any(node["t"] != "remote" for node in sent)
        self._rely(do, nodes, has_data=has_data)
        if do == "find":
            self._origin = {str(args[0])}
        if self._is_hidden and do not in _ASKS_BY_NAME:
            self.handed_over |= has_data
        return self._request(do, nodes, named, writer.blobs, arguments)

    def _rely(self, do: str, nodes: list[Any], *, has_data: bool) -> None:
        """Note what answers about data of the test, other than a variable that the test calls."""
        remote = [node["id"] for node in nodes if node["t"] == "remote"]
        remote = remote[:1] if do == "call" else remote
        origins = set[str]().union(*(self._origins[number] for number in remote))
        if do == "call" and has_data:
            self._relies_on |= {origin for origin in origins if not origin.isidentifier()}
        elif do in COMPARISONS or (has_data and do in _ARITHMETIC):
            self._relies_on |= origins
        step = {"call": "()", "getattr": "."}.get(do, "")
        self._origin = {f"{origin}{step}"[:MAX_ORIGIN] for origin in origins}

    def _request(
        self,
        do: str,
        nodes: list[Any],
        named: Mapping[str, Any],
        blobs: list[Any],
        arguments: Mapping[Any, object],
    ) -> Any:
        head: dict[str, Any] = {"do": do, "args": nodes, "kwargs": named}
        state = exchange.random_state()
        if state != self._random:
            head["random"] = exchange.packed(state)
        self._random = None  # where no answer comes, nobody knows
        answer, arrays = self._connection.ask(head, blobs)
        decoder = wire.Decoder(source.Blobs(arrays), source.Budget())
        try:
            error, result = self._read(answer, decoder, arguments)
        except (RemoteError, MemoryError):
            raise
        except Exception as wrong:  # noqa: BLE001 - whatever a hostile answer provokes
            raise self._connection.end(wrong) from None
        if error is not None:
            raise error from None
        return result

    def _read(
        self, answer: Mapping[str, Any], decoder: wire.Decoder, arguments: Mapping[Any, object]
    ) -> tuple[Exception | None, object]:
        """Take over what an answer says; return the exception or the result."""
        if "random" in answer:
            exchange.set_random_state(answer["random"])
        self._random = exchange.random_state()
        if text := self._connection.printed(answer):
            sys.stdout.writelines([text])  # as if it had been printed here
        if "raised" in answer:
            return self._error(answer["raised"], decoder), None
        changed = answer.get("changed", [])
        if not isinstance(changed, list) or len(changed) > len(arguments):
            raise WireError("arguments that were changed, but never handed over")
        for key, node in changed:
            replaced(arguments[_key(key, arguments)], self._value(node, decoder))
        if "returned" in answer:
            return None, arguments[_key(answer["returned"], arguments)]
        return None, self._value(answer.get("value"), decoder)

    def _value(self, node: object, decoder: wire.Decoder) -> object:
        return rebuild.value(decoder.node(node, "the answer"), self._notes, self.stub)

    def _argument(self, value: object) -> dict[str, object]:
        """Return the node of an argument that is no data. Raises Refused for a test's own."""
        number = self.number(value)
        if number is None:
            raise Refused(
                f"a {type(value).__name__} of the test does not cross the wall to the student's "
                "code: only data does, and what the student's code made"
            )
        return {"t": "remote", "id": number}

    # ------------------------------------------------------------------ stubs

    def number(self, stub: object) -> int | None:
        """Return the number of a stub; None for what is none of ours."""
        return self._numbers.get(id(stub))

    def stub(self, claim: wire.RemoteClaim) -> Any:
        """Return what stands for a function, class or object. Raises WireError."""
        self._origins[claim.id] |= self._origin
        if claim.id in self._stubs:
            known = self._claims[claim.id]
            if (known.kind, known.class_id) != (claim.kind, claim.class_id):
                raise WireError(f"number {claim.id} is two things at once")
            return self._stubs[claim.id]
        stub = self._new(claim)
        self._stubs[claim.id], self._claims[claim.id] = stub, claim
        self._numbers[id(stub)] = claim.id
        return stub

    def _new(self, claim: wire.RemoteClaim) -> Any:
        if claim.kind == "function":
            return stubs.function(self, claim)
        if claim.kind == "class":
            bases = tuple(self._class(number) for number in claim.bases)
            base = self._nearest(claim.errors)
            return (
                stubs.error_class(claim, bases, base) if base else stubs.class_(self, claim, bases)
            )
        kind = Exception if claim.class_id is None else self._class(claim.class_id)
        if not issubclass(kind, stubs.Remote):
            key = claim.type_name, claim.abilities
            kind = self._kinds.setdefault(key, stubs.object_class(claim))
        return stubs.make(kind, self)

    def _class(self, number: int) -> type:
        """Return the stub of a class by its number; what is not known yet is asked for."""
        if number not in self._stubs:
            self._depth += 1
            if self._depth > MAX_NESTED:
                raise WireError("a class below itself")
            try:
                self._request("same", [{"t": "remote", "id": number}], {}, [], {})
            finally:
                self._depth -= 1
        kind = self._stubs.get(number)
        if not isinstance(kind, type):
            raise WireError(f"number {number} is no class")
        return kind

    # ------------------------------------------------------------------ exceptions

    def _nearest(self, names: tuple[str, ...]) -> type[Exception] | None:
        """Return the first builtin exception among the names of classes."""
        for name in names:
            kind = getattr(builtins, name, None)
            if isinstance(kind, type) and issubclass(kind, Exception):
                return kind
        return Exception if names else None

    def _error(self, raised: object, decoder: wire.Decoder) -> Exception:
        """Return the exception that a call raised: a builtin one, or one of its name below it."""
        if not isinstance(raised, dict):
            raise WireError("an exception that is none")
        names, text, args = raised.get("names"), raised.get("text"), raised.get("args")
        if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
            raise WireError("an exception without a class")
        if not isinstance(text, str) or not isinstance(args, list):
            raise WireError("an exception without a text")
        base = self._nearest(tuple(names)) or Exception
        kind = base if base.__name__ == names[0] else self._error_class(names[0], base)
        if type(number := raised.get("class")) is int:
            own = self._class(number)
            kind = own if issubclass(own, Exception) else kind
        values = [self._value(node, decoder) for node in args]
        return stubs.error(kind, values, text)

    def _error_class(self, name: str, base: type[Exception]) -> type[Exception]:
        key = stubs.identifier(name), base
        if key not in self._errors:
            self._errors[key] = type(key[0], (base,), {"__module__": "__main__"})
        return self._errors[key]


def _key(key: object, arguments: Mapping[Any, object]) -> int | str:
    """Return the position or keyword of an argument that was handed over."""
    if type(key) in (int, str) and key in arguments:
        return key  # type: ignore[return-value]
    raise WireError("an argument that was never handed over")
