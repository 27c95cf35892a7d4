"""Flags that a notebook's text raises, and those that a class raises together.

A flag changes no mark: it shows a human where to look, with the evidence.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from autograder.notebook.cells import Cell, dotted
from autograder.records import Flag, Grade

LONG_TEXT = 20_000
_GRADING = frozenset({"otter", "nbclient", "ipykernel", "autograder"})
_INSPECTING = frozenset({"inspect", "gc", "ctypes", "ptrace", "faulthandler"})
_HARMLESS = frozenset({"collect", "disable", "enable", "getsource", "signature"})
_PATCHED = frozenset(["numpy", "tensorflow", "keras", "builtins", "otter", "grader", "IPython"])
_CONFIGURED = frozenset(
    ["matplotlib", "pandas", "seaborn", "warnings", "logging", "PIL", "tqdm", "plotly", "torch"]
)
"""Modules whose attributes are there to be set, or only say what is shown."""
_SETTINGS = frozenset(
    ["sys.stdout", "sys.stderr", "sys.tracebacklimit", "ssl._create_default_https_context"]
)
_SHOWN = frozenset({"ast_node_interactivity"})
"""Attributes of IPython's shell that only say what is shown."""
_ASKABLE = re.compile(
    r"(TF|CUDA|COLAB|KAGGLE|KERAS|OMP|MKL|XLA|MPL)_?|(google|kaggle|IPython|ipykernel|ipywidgets)\b"
)
"""Variables and modules by which code finds out where it runs."""
_INTERNALS = frozenset(
    ["sys.modules", "sys._getframe", "sys._current_frames", "sys.settrace", "sys.setprofile"]
)
_ASKED = frozenset({"os.getenv", "os.getppid"})
_FRAMES = frozenset({"f_back", "f_globals", "f_locals", "__subclasses__", "user_ns"})
_FUNCTIONS_PARTS = frozenset({"__builtins__", "__closure__", "__code__", "__globals__"})
_RUNS_TEXT = frozenset({"exec", "eval", "compile", "__import__", "importlib.import_module"})
"""What makes code of text, so that nobody can read what a cell does."""
_PLACES = {
    "/proc/": re.compile(r"/proc(?:/(?!(?:cpuinfo|meminfo|version|loadavg)(?![\w/]))|$)"),
    "tests/": re.compile(r"""(?:^|[\s/'"=])tests/|^(?:\S*/)?tests$"""),
    "tests\\": re.compile(r"tests\\"),
    **{name: re.compile(re.escape(name)) for name in (".OTTER_LOG", "otter_config", "/sandbox")},
}
_SETTERS = frozenset(
    ["setdefault", "update", "run_line_magic", "run_cell_magic", "system", "getoutput"]
)
_AROUND = re.compile(
    r"(psutil|threading|multiprocessing|subprocess|socket|signal|time)\."
    r"|os\.(getpid|fork|times|cpu_count)$|datetime\.(datetime\.)?(now|today|utcnow)$"
)
"""What a function calls to see by whom, where or when it is called."""
_EQUALITY = frozenset({"__eq__", "__ne__", "__lt__", "__gt__", "__ge__", "__le__"})


@dataclass(slots=True)
class _Names:
    """What the names of a notebook stand for, by its imports."""

    modules: set[str] = field(default_factory=lambda: {*_PATCHED, "np", "tf"})
    full: dict[str, str] = field(default_factory=lambda: {"np": "numpy", "tf": "tensorflow"})

    def learn(self, nodes: Iterable[ast.AST]) -> None:
        """Take over the imports of a cell."""
        for node in nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    first = alias.name.partition(".")[0]
                    self.full[alias.asname or first] = alias.name if alias.asname else first
                    self.modules.add(alias.asname or first)
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    self.full[alias.asname or alias.name] = f"{node.module or ''}.{alias.name}"

    def of(self, text: str) -> str:
        """Return a dotted name with what its first part stands for."""
        first, dot, rest = text.partition(".")
        return self.full.get(first, first) + dot + rest

    def is_patched(self, name: str) -> bool:
        """Whether to set an attribute of this name, or of what is in it, patches a module."""
        package = self.of(name).partition(".")[0]
        return package in _PATCHED or (name in self.modules and package not in _CONFIGURED)


def source_flags(cells: Iterable[Cell], known: Collection[str], *, are_called: bool) -> list[Flag]:
    """Return what a notebook's text does that no answer needs; `known` are the course's cells.

    `are_called` says that tests call what answers define: what it asks of its surroundings counts.
    """
    names, flags = _Names(), []
    for cell in cells:
        if cell.kind != "code":
            continue
        nodes = list(ast.walk(ast.Module(body=cell.body, type_ignores=[])))
        names.learn(nodes)
        if cell.source.strip() not in known:
            suspicions = _suspicions(nodes, names) if cell.body else _places_by_line(cell.source)
            around = _around(nodes, names) if are_called else ()
            for flag, found in (("source", suspicions), ("looks around", around)):
                flags += [
                    Flag(flag, f"cell {cell.index + 1}, line {line}: {what}")
                    for line, what in found
                ]
    return list(dict.fromkeys(flags))


def _suspicions(nodes: Sequence[ast.AST], names: _Names) -> Iterator[tuple[int, str]]:
    harmless = set(_harmless(nodes, names))
    for node in nodes:
        if id(node) not in harmless:
            for look in (_imports, _defines, _texts, _reaches, _calls):
                for what in look(node, names):
                    yield getattr(node, "lineno", 1), what


def _around(nodes: Sequence[ast.AST], names: _Names) -> Iterator[tuple[int, str]]:
    """Yield what functions ask of their surroundings: it may tell a test from the notebook."""
    for function in nodes:
        if isinstance(function, ast.FunctionDef | ast.Lambda):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and _AROUND.match(names.of(dotted(node.func))):
                    name = getattr(function, "name", "a lambda")
                    yield node.lineno, f"{name} calls {dotted(node.func)}"


def _places_by_line(source: str) -> Iterator[tuple[int, str]]:
    """Look at what is not Python, such as a cell for the shell."""
    for number, line in enumerate(source.splitlines(), 1):
        yield from ((number, what) for what in _places(line))


def _places(text: str) -> Iterator[str]:
    yield from (f"names {name}" for name, pattern in _PLACES.items() if pattern.search(text))


def _harmless(nodes: Iterable[ast.AST], names: _Names) -> Iterator[int]:
    """Yield the ids of what is named for an ordinary purpose.

    `os.environ` where it is only set, or asked on which platform this is; `get_ipython()` in magics
    and as text; `sys.modules` and `globals()` where one name is looked up; settings.
    """
    for node in nodes:
        yield from map(id, _asked_for_platform(node, names))
        stores = isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load)
        if stores or (isinstance(node, ast.Attribute) and node.attr in _SETTERS):
            inner = node.value  # type: ignore[attr-defined]
            if names.of(dotted(inner)) == "os.environ" or _is_ipython(inner, names):
                yield id(inner)


def _asked_for_platform(node: ast.AST, names: _Names) -> Iterator[ast.AST]:
    """Yield what a condition such as `"google.colab" in sys.modules` names."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        asked, place = node.left, node.comparators[0]
        if isinstance(place, ast.Call) and names.of(dotted(place.func)) == "globals":
            yield place  # whether a name is there is all that comes of it
        elif _is_askable(asked) and names.of(dotted(place)) in ("sys.modules", "os.environ"):
            yield place
    elif isinstance(node, ast.Subscript) and _is_askable(node.slice):
        yield from [node.value] if names.of(dotted(node.value)) == "os.environ" else []
    elif isinstance(node, ast.Call) and node.args:
        name, asked = names.of(dotted(node.func)), node.args[0]
        if name == "os.environ.get" and _is_askable(asked):
            yield from [node.func.value] if isinstance(node.func, ast.Attribute) else []
        elif name == "os.getenv" and _is_askable(asked):
            yield node
        elif name == "str" and _is_ipython(asked, names):
            yield asked


def _is_askable(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(_ASKABLE.match(node.value))
    )


def _is_ipython(node: ast.AST, names: _Names) -> bool:
    return isinstance(node, ast.Call) and names.of(dotted(node.func)).endswith("get_ipython")


def _imports(node: ast.AST, _: _Names) -> Iterator[str]:
    modules: list[str] = []
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        modules = [node.module or ""]
    for module in modules:
        if module.partition(".")[0] in _GRADING:
            yield f"imports {module}"


def _defines(node: ast.AST, _: _Names) -> Iterator[str]:
    defined = []
    if isinstance(node, ast.FunctionDef):
        defined = [node.name]
    elif isinstance(node, ast.Assign):
        defined = [target.id for target in node.targets if isinstance(target, ast.Name)]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        defined = [node.value]  # type("A", (), {"__eq__": ...})
    yield from (f"defines {name}" for name in defined if name in _EQUALITY)


def _texts(node: ast.AST, _: _Names) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
        if len(text) > LONG_TEXT:
            yield f"holds {len(text):,} characters of text"
        yield from _places(text)


def _reaches(node: ast.AST, names: _Names) -> Iterator[str]:
    """Names that reach into the process or its environment, and attributes that are set."""
    if not isinstance(node, ast.Attribute | ast.Name):
        return
    text = dotted(node)
    full = names.of(text)
    package, _, last = full.rpartition(".")
    inspects = package.partition(".")[0] in _INSPECTING and last not in _HARMLESS
    if isinstance(node, ast.Attribute) and node.attr in _FUNCTIONS_PARTS:
        yield f"uses {node.attr}"
    elif isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
        is_setting = full in _SETTINGS or node.attr in _SHOWN
        if names.is_patched(text.partition(".")[0]) and not is_setting:
            yield f"changes {text}"
    elif inspects or full in _INTERNALS or full == "os.environ":
        yield f"uses {text}"
    elif isinstance(node, ast.Attribute) and node.attr in _FRAMES:
        yield f"uses {node.attr}"


def _calls(node: ast.AST, names: _Names) -> Iterator[str]:
    if not isinstance(node, ast.Call):
        return
    name = names.of(dotted(node.func))
    changed = dotted(node.args[0]) if node.args else ""
    if name in ("setattr", "delattr") and names.is_patched(changed.partition(".")[0]):
        yield f"changes {changed} by {name}"
    elif name in _ASKED:
        yield f"asks {name}"
    elif name == "globals":
        yield "calls globals"
    elif name in _RUNS_TEXT:
        yield f"calls {name}"
    elif _is_ipython(node, names):
        yield "uses get_ipython()"


def identical(grades: Iterable[Grade], fact: str) -> dict[str, list[Flag]]:
    """Return flags by submission where a measured fact, a text, is the same in several of them."""
    owners: dict[str, list[str]] = {}
    for grade in grades:
        if value := grade.facts.get(fact):
            owners.setdefault(str(value), []).append(grade.submission)
    name = fact.replace("_", " ")
    return {
        owner: [Flag(f"identical {name}", f"as in {', '.join(o for o in same if o != owner)}")]
        for same in owners.values()
        if len(same) > 1
        for owner in same
    }
