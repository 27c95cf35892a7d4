"""Turns what was decoded into the objects that tests see. Runs in the judge's process only."""

from __future__ import annotations

from collections.abc import Callable

from autograder.errors import WireError
from autograder.judge.wire import (
    HistoryClaim,
    InstanceClaim,
    ModelClaim,
    OtherClaim,
    RemoteClaim,
)
from autograder.wall import values

_ATOMS = {type(None), bool, int, float, str}
Remote = Callable[[RemoteClaim], object]


def value(claim: object, notes: list[str], remote: Remote | None = None) -> object:
    """Return the object that tests see for a decoded value. Raises WireError.

    `remote` makes the stub of what stayed in the student's process, wherever it stands in the
    value. What could not be taken over, though the rest could, is appended to `notes`.
    """
    if type(claim) in _ATOMS:
        return claim

    def within(part: object) -> object:
        return value(part, notes, remote)

    match claim:
        case list():
            return [within(item) for item in claim]
        case tuple():
            return tuple(within(item) for item in claim)
        case dict():
            return _dict(claim, within)
        case InstanceClaim():
            return _instance(claim.key, [within(part) for part in claim.parts])
        case RemoteClaim():
            return remote(claim) if remote else opaque(claim.type_name)
        case ModelClaim() | HistoryClaim():
            return _of_keras(claim, notes, within)
        case OtherClaim():
            return opaque(claim.type_name)
    return claim


def opaque(type_name: str) -> object:
    """Return an object that has nothing but the name of its type."""
    name = "".join(c for c in type_name if c.isalnum() or c in " _.") or "object"
    return type(name, (), {"__repr__": lambda _: f"<{name}>"})()


def _dict(claim: dict[object, object], within: Callable[[object], object]) -> object:
    try:
        return {within(key): within(item) for key, item in claim.items()}
    except TypeError as error:
        raise WireError(f"a dict with a key that is none ({error})") from None


def _instance(key: str, parts: list[object]) -> object:
    """Make a value from its parts; its library is imported here, if it is not there yet."""
    try:
        return values.build(key, parts)
    except ImportError as error:
        raise WireError(f"{key}: the grader has no package {error.name!r}") from None
    except Exception as error:  # noqa: BLE001 - whatever hostile parts provoke
        shown = " ".join(str(error).split())[:160]
        raise WireError(f"{key}: {type(error).__name__}: {shown}") from None


def _of_keras(
    claim: ModelClaim | HistoryClaim, notes: list[str], within: Callable[[object], object]
) -> object:
    """Rebuild what Keras made. Only an assignment that imports Keras has it here."""
    try:
        from autograder.judge import models
    except ImportError:
        raise WireError("what Keras made, which the assignment does not import") from None
    if isinstance(claim, ModelClaim):
        return models.model(claim, notes)
    return models.history(*map(within, (claim.history, claim.epoch, claim.params)))
