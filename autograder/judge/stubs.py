"""What stands in the judge for the student's functions, classes and objects.

A function becomes a real function, a class a class, an object an instance that can do what the
student's can. All they do is ask the session. A value of a test is never compared with a student's
object: whoever answered `==` would decide the test, and would see what is expected.
"""

from __future__ import annotations

import ast
import builtins
import inspect
from collections.abc import Callable
from typing import Any, NoReturn, Protocol

from autograder.errors import WireError
from autograder.judge.remote import Refused
from autograder.judge.wire import RemoteClaim

ARITHMETIC = {
    "add": "add", "sub": "sub", "mul": "mul", "truediv": "truediv", "floordiv": "floordiv",
    "mod": "mod", "pow": "pow", "matmul": "matmul", "and": "and_", "or": "or_", "xor": "xor",
    "lshift": "lshift", "rshift": "rshift",
}  # fmt: skip
_UNARY = ("neg", "pos", "abs", "invert", "len", "iter", "next", "round")
_ITEMS = ("getitem", "setitem", "delitem")
_NOT_HERE = ("float", "int", "index", "bool", "contains")
"""What would turn an object into a plain value, or compare one with the test's."""
_LONGEST = 80


class Session(Protocol):
    """Has things done in the student's process; `judge.session` says how."""

    def ask(self, do: str, /, *args: object, **kwargs: object) -> Any:
        """Have something done, and return its result."""
        ...

    def number(self, stub: object) -> int | None:
        """Return the number of a stub; None for what is none."""
        ...

    def note(self, text: str) -> None:
        """Tell the staff something."""
        ...

    def leave_behind(self, type_name: str) -> None:
        """Note a type of which tests could not see a value."""
        ...


def identifier(text: str) -> str:
    """Return a name that anything may have, made of a claimed one."""
    name = text[:_LONGEST]
    return name if name.isidentifier() else "".join(c for c in name if c.isalnum()) or "object"


def _session(stub: Any) -> Session:
    return object.__getattribute__(stub, "_kit_session")  # type: ignore[no-any-return]


def _refuse(stub: object, operation: str) -> NoReturn:
    kind = type(stub)
    of_python = hasattr(builtins, kind.__name__) or kind.__name__ == "generator"
    if not isinstance(kind, RemoteType) and not of_python:
        _session(stub).leave_behind(kind.__name__)
    raise Refused(
        f"{operation} of the student's {type(stub).__name__} stays on the student's side of the "
        "wall: ask it for plain data (a number, a text, a list) and test that"
    )


def _comparison(operation: str, sign: str) -> Callable[[Any, object], Any]:
    def compare(self: Any, other: object) -> Any:
        if other is None and operation in ("eq", "ne"):
            return operation == "ne"
        session = _session(self)
        if session.number(other) is None:
            _refuse(self, f"`{sign}` with a {type(other).__name__}")
        session.note(f"two of the student's own objects were compared by their own `{sign}`")
        return session.ask(operation, self, other)

    return compare


def _unary(operation: str) -> Callable[..., Any]:
    return lambda self, *args: _session(self).ask(operation, self, *args)


def _binary(operation: str, *, is_reflected: bool) -> Callable[[Any, object], Any]:
    if is_reflected:
        return lambda self, other: _session(self).ask(operation, other, self)
    return lambda self, other: _session(self).ask(operation, self, other)


def _refused(operation: str) -> Callable[..., NoReturn]:
    return lambda self, *_: _refuse(self, f"`{operation}`")


class Remote:
    """Base of what stands for the student's objects."""

    __slots__ = ("__weakref__", "_kit_session")
    _kit_session: Session
    __array_ufunc__ = None  # NumPy leaves operators to us

    def __getattr__(self, name: str) -> Any:
        """Ask for an attribute; Python's own protocols are what the class says."""
        if name.startswith("__") and name.endswith("__") and name != "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return _session(self).ask("getattr", self, name)

    def __setattr__(self, name: str, value: object) -> None:
        _session(self).ask("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        _session(self).ask("delattr", self, name)

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return _text(_session(self).ask("repr", self))

    def __str__(self) -> str:
        return _text(_session(self).ask("str", self))

    def __format__(self, form: str) -> str:
        return _text(_session(self).ask("format", self, form)) if form else str(self)

    def __dir__(self) -> list[str]:
        return [*_session(self).ask("dir", self)]

    def __copy__(self) -> Any:
        return _session(self).ask("copy", self)

    def __deepcopy__(self, _: object) -> Any:
        return _session(self).ask("deepcopy", self)

    def __reduce_ex__(self, _: object) -> NoReturn:
        _refuse(self, "pickling")

    __array__ = _refused("numpy.asarray")


for _name, _sign in (
    ("eq", "=="), ("ne", "!="), ("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">="),
):  # fmt: skip
    setattr(Remote, f"__{_name}__", _comparison(_name, _sign))


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError(f"a text of type {type(value).__name__}")
    return value


def _call(self: Any, *args: object, **kwargs: object) -> Any:
    return _session(self).ask("call", self, *args, **kwargs)


_ABILITIES: dict[str, Callable[..., Any]] = {
    "__call__": _call,
    **{f"__{name}__": _unary(name) for name in (*_UNARY, *_ITEMS)},
    **{f"__{name}__": _refused(name) for name in _NOT_HERE},
    **{f"__{name}__": _binary(f, is_reflected=False) for name, f in ARITHMETIC.items()},
    **{f"__r{name}__": _binary(f, is_reflected=True) for name, f in ARITHMETIC.items()},
}


def _abilities(claim: RemoteClaim) -> dict[str, Any]:
    """Return the methods that let a stub do what it stands for can."""
    able = {name: _ABILITIES[name] for name in claim.abilities if name in _ABILITIES}
    if "__iter__" in able and "__next__" in able:
        able["__iter__"] = lambda self: self
    return able


class RemoteType(type):
    """The class of what stands for the student's classes."""

    _kit_class_session: Session

    def __call__(cls, *args: object, **kwargs: object) -> Any:
        """Have an object made."""
        return cls._kit_class_session.ask("call", cls, *args, **kwargs)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")
        return cls._kit_class_session.ask("getattr", cls, name)

    def __setattr__(cls, name: str, value: object) -> None:
        cls._kit_class_session.ask("setattr", cls, name, value)


def class_(session: Session, claim: RemoteClaim, bases: tuple[type, ...]) -> type:
    """Return what stands for a class of the student's."""
    space = {"__slots__": (), "__doc__": claim.doc or None, "__module__": "__main__"}
    own = tuple(base for base in bases if issubclass(base, Remote)) or (Remote,)
    try:
        made = RemoteType(identifier(claim.name), own, space | _abilities(claim))
    except TypeError as error:
        raise WireError(f"a class that cannot be: {str(error)[:100]}") from None
    type.__setattr__(made, "_kit_class_session", session)
    if (parameters := signature(claim.signature)) is not None:
        type.__setattr__(made, "__signature__", parameters)
    return made


def object_class(claim: RemoteClaim) -> type:
    """Return a class for an object whose class is not the student's own."""
    space = {"__slots__": (), "__doc__": None, "__module__": "__main__"}
    return type(identifier(claim.type_name), (Remote,), space | _abilities(claim))


def make(kind: type, session: Session) -> Any:
    """Return a new stub of a class, without asking for an object."""
    stub: Any = object.__new__(kind)
    object.__setattr__(stub, "_kit_session", session)
    return stub


# ------------------------------------------------------------------ functions


def function(session: Session, claim: RemoteClaim) -> Callable[..., Any]:
    """Return what stands for a function: a real one, with the claimed name, text and signature."""

    def stub(*args: object, **kwargs: object) -> Any:
        return session.ask("call", stub, *args, **kwargs)

    stub.__name__ = stub.__qualname__ = identifier(claim.name)
    stub.__doc__ = claim.doc or None
    stub.__module__ = "__main__"
    stub.__code__ = stub.__code__.replace(co_filename="<student>")  # nobody reads ours as theirs
    if (parameters := signature(claim.signature)) is not None:
        stub.__signature__ = parameters  # type: ignore[attr-defined]
    return stub


def signature(text: str) -> inspect.Signature | None:
    """Return the signature that a text like `(a, b=1)` says, as far as it is plain; never run."""
    try:
        parsed = ast.parse(f"def f{text}: pass", mode="exec").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if len(parsed) != 1 or not isinstance(parsed[0], ast.FunctionDef):
        return None
    arguments, kinds = parsed[0].args, inspect.Parameter
    positional = [
        *((each, kinds.POSITIONAL_ONLY) for each in arguments.posonlyargs),
        *((each, kinds.POSITIONAL_OR_KEYWORD) for each in arguments.args),
    ]
    missing = [None] * (len(positional) - len(arguments.defaults))
    parameters = [
        _parameter(each.arg, kind, default)
        for (each, kind), default in zip(positional, [*missing, *arguments.defaults], strict=True)
    ]
    if arguments.vararg:
        parameters.append(_parameter(arguments.vararg.arg, kinds.VAR_POSITIONAL, None))
    parameters += [
        _parameter(each.arg, kinds.KEYWORD_ONLY, default)
        for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    if arguments.kwarg:
        parameters.append(_parameter(arguments.kwarg.arg, kinds.VAR_KEYWORD, None))
    try:
        return inspect.Signature(parameters)
    except ValueError:
        return None


def _parameter(name: str, kind: Any, default: ast.expr | None) -> inspect.Parameter:
    if default is None:
        return inspect.Parameter(name, kind)
    try:
        value = ast.literal_eval(default)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        value = ...
    return inspect.Parameter(name, kind, default=value)


# ------------------------------------------------------------------ exceptions


def error_class(claim: RemoteClaim, bases: tuple[type, ...], nearest: type[Exception]) -> type:
    """Return what stands for an exception of the student's: one that can be caught here."""
    own = tuple(base for base in bases if issubclass(base, Exception)) or (nearest,)
    space = {"__doc__": claim.doc or None, "__module__": "__main__"}
    try:
        return type(identifier(claim.name), own, space)
    except TypeError as wrong:
        raise WireError(f"a class that cannot be: {str(wrong)[:100]}") from None


def error(kind: type[Exception], args: list[object], text: str) -> Exception:
    """Return an exception that says a text; the student's, whatever it is."""
    try:
        raised = kind(*args)
        is_told = not any(isinstance(part, Remote) for part in args) and str(raised) == text
    except Exception:  # noqa: BLE001 - those arguments do not fit
        raised, is_told = Exception(*args), False
    if not is_told:
        base = kind if isinstance(raised, kind) else Exception
        space = {"__str__": lambda _: text, "__module__": "__main__"}
        raised = type(kind.__name__, (base,), space)(*args)
    raised.of_student = True  # type: ignore[attr-defined]
    return raised
