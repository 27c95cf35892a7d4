"""The student's functions, classes and objects that the judge may name, each by a number.

Part of the text that the kernel gets: see `text`.
"""

from __future__ import annotations

import types
from typing import Any

LONGEST_NAME = 200
_CAN = (
    "call len iter next getitem setitem delitem contains bool float int index enter exit neg pos "
    "abs invert round add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod pow "
    "rpow matmul rmatmul and rand or ror xor rxor lshift rshift"
)
ABILITIES = [f"__{name}__" for name in _CAN.split()]
"""What an object can do, as far as its stub in the judge is to be able to do it as well."""


class Table:
    """The functions, classes and objects that the judge may name, by number."""

    def __init__(self) -> None:
        self.objects: dict[int, Any] = {}
        self.numbers: dict[int, int] = {}
        self.next = 0

    def number(self, value: object) -> int:
        """Return the number of an object, which stays with it as long as the table does."""
        if id(value) not in self.numbers:
            self.numbers[id(value)] = self.next
            self.objects[self.next] = value
            self.next += 1
        return self.numbers[id(value)]

    def read(self, node: dict[str, Any]) -> Any:
        """Return the object that a node names."""
        if node["t"] != "remote":
            raise TypeError(f"a {node['t']} of the test does not cross the wall")
        if node["id"] not in self.objects:
            raise LookupError("it was made by a call whose process has ended")
        return self.objects[node["id"]]

    def node(self, value: Any) -> dict[str, object]:
        """Return the node of what does not cross by value."""
        node = {"t": "remote", "id": self.number(value), "type": type(value).__name__[:80]}
        if isinstance(value, type):
            own = [self.number(base) for base in value.__bases__ if is_own(base)]
            able = [name for name in ABILITIES if any(name in vars(c) for c in value.__mro__)]
            errors = [each.__name__ for each in value.__mro__ if issubclass(each, BaseException)]
            return node | named(value) | {
                "kind": "class", "signature": signature(value), "bases": own, "abilities": able,
                "errors": errors[:20],
            }  # fmt: skip
        if isinstance(value, (types.FunctionType, types.BuiltinFunctionType, types.MethodType)):
            return node | named(value) | {"kind": "function", "signature": signature(value)}
        able = [name for name in ABILITIES if hasattr(type(value), name)]
        own_class = {"class": self.number(type(value))} if is_own(type(value)) else {}
        return node | {"kind": "object", "abilities": able} | own_class


def is_own(kind: type) -> bool:
    """Whether a class is the student's own, and not a library's."""
    return kind.__module__ == "__main__"


def named(value: Any) -> dict[str, object]:
    """Return the name and the documentation of a function or class."""
    doc = value.__doc__ if isinstance(value.__doc__, str) else ""
    return {"name": str(value.__name__)[:LONGEST_NAME], "doc": doc[:10_000]}


def signature(function: Any) -> str:
    """Return how a function is called; empty where nobody knows."""
    import inspect

    try:
        return str(inspect.signature(function))[:2_000]
    except (TypeError, ValueError):
        return ""
