"""Tells what fails for want of something that only the student's machine has from a mistake.

What decides is the kind of an exception and the statement that raised it: a module that is not
installed, a path, device, display, terminal, user or network that is not here. The exception is
the notebook's own claim; to believe it gains nothing that `try` would not. Stored outputs are not
looked at. Reads text only, and executes nothing.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from pathlib import PureWindowsPath

from autograder.notebook.cells import dotted
from autograder.records import CellError

_USUAL = ("keras", "matplotlib", "numpy", "otter", "pandas", "scipy", "sklearn", "tensorflow")
"""What courses import: a name that is nearly one of them is misspelt."""
_ALIKE = 0.8
_DIGITS = re.compile(r"\d")
_SHARED_PACKAGES = ("google", "mpl_toolkits")
"""Their parts are installed one by one."""
_OUTSIDE = re.compile(
    r"[A-Za-z]:|~|\\\\|\.\.[\\/]"
    r"|/(?:Users|Volumes|Applications|home|root|mnt|media|content|kaggle|data|gdrive|workspace)\b"
    r"|/?(?:gdrive|drive)/|[^/]*\\",
)
"""Folders that other machines have."""
_WRITES = re.compile(
    r"save|to_|dump|write|remove|unlink|rmtree|rename|replace|move|touch|copy|mk|make"
)
_WRITING_MODE = re.compile(r"[rbt]*[wax+]")
_SHELL_WRITES = re.compile(r"\b(?:rm|mv|cp|touch|mkdir|tee)\b|>")
_WRITEFILE = re.compile(r"^%%(?:writefile|file)\s+(?:-a\s+)?(\S+)", re.MULTILINE)
_QUOTED = re.compile(r"""['"`]([^'"`\n]+)['"`]|filepath=(\S+?)\.?(?:\s|$)|(\S+); No such file""")
_FILE_ERRORS = frozenset({"FileNotFoundError", "NotADirectoryError", "PermissionError"})
_NO_FILE = re.compile(
    r"No such file|does not exist|[Ff]ile not found|^File `.*not found|not found\.$"
    r"|Permission denied|Read-only|cannot find|[Uu]nable to (?:synchronously )?open"
)
_NETWORK = re.compile(
    r"Connect(?:ion|Timeout|ionError|ionRefusedError|ionResetError)|HTTPError|URLError|SSLError"
    r"|LocalEntryNotFoundError|MaxRetryError|NameResolutionError|NewConnectionError|ProxyError"
    r"|ReadTimeout|TimeoutError|gaierror|herror|timeout"
)
_NO_NETWORK = re.compile(
    r"URL fetch failure|name resolution|Max retries exceeded|[Nn]etwork is unreachable"
    r"|Name or service not known|establish a new connection|nternet connection"
)
_DEVICES = re.compile(r"devices?(?:_name)?\b|gpu|tpu|cuda|mps\b", re.IGNORECASE)
_NO_DEVICE = re.compile(
    r"Physical devices|Visible devices|Virtual devices|Logical devices|[Mm]emory growth|GPU|CUDA"
    r"|TPU|NVIDIA|device specification|cannot be modified after|out of range|^$"
)
_DEVICE_ERRORS = re.compile(
    r"AssertionError|Exception|IndexError|InvalidArgumentError|NotFoundError|RuntimeError"
    r"|SystemError|ValueError"
)
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), what)
    for pattern, what in (
        (r"UsageError: (?!.*body is empty)", "a magic or an extension that is not here"),
        (r"Error: (?:unsupported locale|unknown locale)|^ValueError: unknown locale", "a locale"),
        (r"TclError|[Nn]o display|DisplayConnection|couldn't connect to display", "a screen"),
        (r"KeyError: '?DISPLAY|interactive framework|headless|Rebuild the library", "a screen"),
        (r"StdinNotImplementedError", "somebody who answers"),
        (r"[Ii]nappropriate ioctl|^termios|^error: \(25", "a terminal"),
        (r"uid not found|No username set|OSError: \[Errno (?:6|25)\]", "the student's own user"),
        (r"CalledProcessError", "a command that works here"),
        (r"PermissionError: .*not permitted$|Errno 38|out of pty", "what the sandbox allows"),
        (r"ValueError: (?:not allowed to raise|current limit)", "what the sandbox allows"),
        (r"AttributeError: .*'(?:startfile|getwindowsversion|windll|WinDLL|add_dll_directory)'",
         "Windows"),
        (r"AttributeError: .*'(?:Windows\w+Policy|STARTUPINFO|CREATE_\w+|O_BINARY)'", "Windows"),
        (r"ImportError: .*(?:[Ii]nstall|shared object|DLL|GLIBC|backend|binding)", "software"),
        (r"\bnot installed|(?:[Mm]ust|[Pp]lease) install", "software"),
        (r"Missing optional|usable engine", "software"),
    )
)  # fmt: skip
"""By a kind of exception and what it says."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an exception was raised."""

    statement: ast.stmt
    before: Sequence[ast.stmt]
    """What ran before it, without what could not run here."""
    sources: Sequence[str]
    """The pieces that ran before it, as text."""
    handed_out: frozenset[str]
    """The files that the assignment gives."""


def missing(error: CellError, place: Place) -> str:
    """Say what the machine lacks that a statement asks for; empty where it is a mistake."""
    if isinstance(place.statement, ast.Raise):
        return ""
    text = f"{error.kind}: {error.text}"
    by_words = (what for pattern, what in _WORDS if pattern.search(text))
    by_rule = (what for rule in _RULES if (what := rule(error, place)))
    return next(chain(by_words, by_rule), "")


def _module(error: CellError, place: Place) -> str:
    name = re.match(r"No module named '([\w.]+)'", error.text)
    if error.kind != "ModuleNotFoundError" or not name:
        return ""
    first, _, part = name[1].partition(".")
    if part and first not in _SHARED_PACKAGES:
        return ""  # the module is here, but has no such part
    own = {
        file.removesuffix(".py")
        for file in own_files(place.before, place.sources)
        if file.endswith(".py")
    }
    if first in own:
        return ""
    known = {*sys.stdlib_module_names, *_USUAL, *own}
    misspelt = first not in known and _misspelt(first, known)
    return "" if misspelt else f"the module `{name[1]}`"


def _file(error: CellError, place: Place) -> str:
    text = error.text
    if error.kind not in _FILE_ERRORS and not _NO_FILE.search(text):
        return ""
    paths = [next(filter(None, groups)) for groups in _QUOTED.findall(text)]
    if not paths:
        return ""
    if any(_OUTSIDE.match(path) for path in paths):
        return f"the file or folder {paths[0][:80]}"
    names = {PureWindowsPath(path).name for path in paths}  # which knows both kinds of slash
    own = own_files(place.before, place.sources) | place.handed_out
    if names & own or any(_misspelt(name, own) for name in names):
        return ""
    return f"the file or folder {paths[0][:80]}"


def _misspelt(name: str, known: Iterable[str]) -> bool:
    """Whether a name is nearly one that is known; another number is no misspelling."""
    plain = _DIGITS.sub("", name)
    near = [each for each in known if abs(len(each) - len(name)) < 2]
    return bool(get_close_matches(name, near, 1, _ALIKE)) and not any(
        _DIGITS.sub("", each) == plain for each in near
    )


def own_files(statements: Sequence[ast.stmt], sources: Sequence[str]) -> frozenset[str]:
    """Return the names of files that a notebook writes, moves or removes itself."""
    texts: dict[str, str] = {}
    own = {name for source in sources for name in _WRITEFILE.findall(source)}
    for statement in statements:
        value = getattr(statement, "value", None)
        if isinstance(statement, ast.Assign) and isinstance(value, ast.Constant):
            texts |= {name.id: str(value.value) for name in statement.targets if _is_name(name)}  # type: ignore[attr-defined]
        for node in ast.walk(statement):
            if isinstance(node, ast.Call):
                own |= set(_written(node, texts))
    return frozenset(PureWindowsPath(name).name for name in own)


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name)


def _written(call: ast.Call, texts: dict[str, str]) -> Iterator[str]:
    """Yield what a call that writes or removes files may mean by it."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    nodes = list(ast.walk(call))
    constants = [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    constants += [texts[n.id] for n in nodes if isinstance(n, ast.Name) and n.id in texts]
    if name == "open":
        writes = any(_WRITING_MODE.fullmatch(text) for text in constants)
    elif name == "system":
        writes = any(_SHELL_WRITES.search(text) for text in constants)
        constants = [word for text in constants for word in text.split()]
    else:
        writes = bool(_WRITES.match(name)) or "writefile" in constants
    yield from constants if writes else ()


def _environment(error: CellError, place: Place) -> str:
    if error.kind != "KeyError" or "environ" not in ast.unparse(place.statement):
        return ""
    key = error.text.strip("'\"")
    own = any("environ" in text and key in text for text in map(ast.unparse, place.before))
    return "" if own else f"the environment's {key[:40]}"


def _device(error: CellError, place: Place) -> str:
    if not _DEVICE_ERRORS.fullmatch(error.kind) or not _NO_DEVICE.search(error.text):
        message = error.kind in ("AssertionError", "SystemError") and _DEVICES.search(error.text)
        if not message:
            return ""
    names = {"tf.config"} | set(_device_names(place.before))
    asks = any(
        (isinstance(node, ast.Name) and node.id in names)
        or (isinstance(node, ast.Call) and _DEVICES.search(dotted(node.func)))
        for node in ast.walk(place.statement)
    )  # fmt: skip
    return "a GPU, or another device" if asks else ""


def _device_names(statements: Sequence[ast.stmt]) -> Iterator[str]:
    """Yield the names that hold what a call told about devices."""
    for statement in statements:
        if isinstance(statement, ast.Assign) and any(
            isinstance(node, ast.Call) and _DEVICES.search(dotted(node.func))
            for node in ast.walk(statement.value)
        ):
            yield from (target.id for target in statement.targets if isinstance(target, ast.Name))


def _network(error: CellError, _place: Place) -> str:
    there = _NETWORK.fullmatch(error.kind) or _NO_NETWORK.search(error.text)
    return "a network" if there else ""


_RULES: tuple[Callable[[CellError, Place], str], ...] = (
    _module,
    _network,
    _file,
    _environment,
    _device,
)
