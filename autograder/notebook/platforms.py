"""Statements that concern the place where a notebook was written, not its answers.

Colab's and Kaggle's own modules, drives and uploads, installing and fetching: none of that can work
where there is no network, and an exception would cost the rest of the cell. So a patient TA skips
such lines. This is a convenience, no protection: the sandbox confines whatever runs.

`time.sleep` and `plt.show()` stay: they cost time or output, both limited, and no answer.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from autograder.notebook.cells import dotted

_MODULES = ("google.colab", "kaggle_secrets", "kaggle_datasets", "kagglehub", "condacolab")
_INSTALLS = (
    r"(?:(?:sudo|python3?|-m|-q)[ \t]+){0,4}"
    r"(?:pip3?|conda|mamba|micromamba|uv|apt|apt-get|wget|curl|git|gdown|kaggle|nvidia-smi)"
)
_COMMAND = re.compile(rf"\s*{_INSTALLS}(?:\s|$)")
_LINE = re.compile(
    rf"^[ \t]*(?:[!%]{{1,2}}[ \t]*{_INSTALLS}|(?:pip3?|conda)[ \t]+install)(?:[ \t][^\n]*)?$",
    re.MULTILINE,
)
_LOOKS = re.compile(
    r"\s*(?:(?:ls|ll|dir|pwd|tree|df|du|free|date|whoami|hostname|uname|lscpu|nproc|nvcc|which)(?:\s|$)"
    r"|python3?\s+(?:-V|--version)\s*$)"
)
"""Commands that print only, and nothing of the student's."""
_SHELL_MAGICS = frozenset({"%%bash", "%%sh", "%%shell", "%%script", "%%cmd"})
_LINE_MAGICS = frozenset({"pip", "conda", "mamba", "uv", "tensorboard"})
_DEBUGGERS = frozenset({"debug", "pdb"})
_USES = ("matplotlib.use", "mpl.use", "plt.switch_backend", "pyplot.switch_backend")
"""Calls that choose where Matplotlib draws, as they are usually written."""
_EXTENSIONS = frozenset({"tensorboard", "nb_black", "lab_black", "jupyter_black"})
_BACKENDS = frozenset(
    {"inline", "module://matplotlib_inline.backend_inline", "agg", "pdf", "svg", ""}
)
_WINDOW = "draws into a window"
_ELSEWHERE = ("/content", "/kaggle", "drive/")
"""Folders of Colab and Kaggle."""


def platform_names(bodies: Iterable[Iterable[ast.stmt]]) -> frozenset[str]:
    """Return the names that a notebook's import statements bind to a platform's own modules."""
    names = set()
    for statement in (statement for body in bodies for statement in body):
        if _is_import(statement):
            for alias in statement.names:  # type: ignore[attr-defined]
                names.add(alias.asname or alias.name.partition(".")[0])
    return frozenset(names - {"google"}) | {"google.colab"}


def binds(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a top-level statement binds, not those that its functions keep."""
    nodes: list[ast.AST] = [statement]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.asname or node.name.partition(".")[0]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
            continue
        if not isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp):
            nodes += ast.iter_child_nodes(node)


def why_left_out(statement: ast.stmt, names: frozenset[str]) -> str:
    """Say why a top-level statement is not run; empty where it is."""
    if _is_import(statement):
        return "belongs to Colab or Kaggle"
    value = getattr(statement, "value", None)
    if not isinstance(statement, ast.Expr | ast.Assign) or not isinstance(value, ast.Call):
        return ""
    function = dotted(value.func)
    first = function.partition(".")[0]
    texts = [
        a.value for a in value.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
    ]
    if first in names or function.startswith("google.colab."):
        return "belongs to Colab or Kaggle"
    if function in ("os.chdir", "sys.path.append", "sys.path.insert"):
        away = any(text.startswith(_ELSEWHERE) for text in texts)
        return "a folder of Colab or Kaggle" if away else ""
    if function.endswith(_USES) and texts:
        return "" if texts[0].lower() in _BACKENDS else _WINDOW
    if first == "get_ipython()" and texts:
        return _why_magic(function.rpartition(".")[2], [*texts, ""])
    return ""


def _why_magic(method: str, texts: list[str]) -> str:
    """The same for a line that begins with `!` or `%`, as IPython translates it."""
    if method in ("system", "getoutput"):
        looks = method == "system" and _LOOKS.match(texts[0])
        why = "installs or fetches something" if _COMMAND.match(texts[0]) else ""
        return why or ("only shows something of the machine" if looks else "")
    if method != "run_line_magic":
        return ""
    name, argument = texts[0], texts[1].strip()
    if name in _LINE_MAGICS:
        return "installs or fetches something"
    if name == "tensorflow_version" or argument.startswith("google.colab"):
        return "belongs to Colab or Kaggle"
    if name in _DEBUGGERS:
        return "starts a debugger"
    if name == "load_ext" and argument in _EXTENSIONS:
        return "an extension of the student's own Jupyter"
    if name == "cd" and argument.strip("'\"").startswith(_ELSEWHERE):
        return "a folder of Colab or Kaggle"
    if name == "gui" or (name == "matplotlib" and argument.lower() not in _BACKENDS):
        return _WINDOW
    return ""


def without_lines(source: str) -> str:
    """Blank lines that install or fetch, in a cell that is no plain Python."""
    first, _, rest = source.lstrip().partition("\n")
    magic = first.split(" ")[0]
    if magic in _SHELL_MAGICS:
        lines = [line for line in rest.splitlines() if line.strip() and line.strip()[0] != "#"]
        return "" if all(_COMMAND.match(line) for line in lines) else source
    return source if magic == "%%writefile" else _LINE.sub("", source)


def _is_import(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Import):
        modules = [alias.name for alias in statement.names]
    elif isinstance(statement, ast.ImportFrom) and not statement.level:
        modules = [f"{statement.module}.{alias.name}" for alias in statement.names]
    else:
        return False
    return all(module.startswith(_MODULES) for module in modules)


def asks(body: Iterable[ast.stmt]) -> Iterator[int]:
    """Yield the lines on which code asks the person before the screen: `input()`."""
    for statement in body:
        for node in ast.walk(statement):
            called = isinstance(node, ast.Call) and dotted(node.func)
            if called in ("input", "getpass", "getpass.getpass"):
                yield getattr(node, "lineno", 1)


def debugs(body: Iterable[ast.stmt]) -> Iterator[int]:
    """Yield the lines on which code stops for a debugger: `breakpoint()`, `pdb.set_trace()`."""
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call):
                function = dotted(node.func)
                if function == "breakpoint" or function.rpartition(".")[2] == "set_trace":
                    yield node.lineno
