"""The shape of the package: which module may import which, who prints, who knows SQL."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from autograder.sandbox import text
from autograder.sandbox.text import PROBE

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "autograder"
MAX_LINES = 350

LADDER = [
    {"errors", "records", "files", "words"},
    {"wall", "notebook", "store"},
    {"course", "lms", "judge", "sandbox", "reader", "reports"},
    {"grading", "intake"},
    {"proving", "gradescope"},
    {"cli"},
]
"""The rooms, floor by floor. Imports stay within a room or go down; on the ground, not round."""


def modules() -> dict[str, Path]:
    """Every module by its name in the package: `wire`, `judge.worker`, `judge` for its init."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    assert len(found) > 30
    return found


MODULES = modules()
INNER = [name for name in MODULES if name]


def part(module: str) -> str:
    return module.split(".")[0]


def floor(room: str) -> int:
    (found,) = (number for number, rooms in enumerate(LADDER) if room in rooms)
    return found


def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imported(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """Dotted names of what import statements ask for; `from a import b` as `a.b`."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def at_load(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: not the bodies of functions, nor what is for types."""
    for child in ast.iter_child_nodes(node):
        lazy = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        if not lazy and not for_types:
            yield child
            yield from at_load(child)


def ours(module: str, *, everything: bool = True) -> set[str]:
    """Which of our modules a module imports, within functions too or when it is loaded only."""
    nodes = ast.walk(tree(module)) if everything else at_load(tree(module))
    found = set()
    for name in imported(nodes):
        head, _, rest = name.partition(".")
        if head == PACKAGE.name:
            while rest and rest not in MODULES:
                rest = rest.rpartition(".")[0]
            found.add(rest)
    return found - {""}


def outside(module: str, *, everything: bool = True) -> set[str]:
    """Which packages of others a module imports."""
    nodes = ast.walk(tree(module)) if everything else at_load(tree(module))
    return {part(name) for name in imported(nodes)} - {PACKAGE.name}


def test_every_module_has_a_place() -> None:
    assert {part(module) for module in INNER} == set().union(*LADDER)
    assert sum(map(len, LADDER)) == len(set().union(*LADDER))


@pytest.mark.parametrize("module", INNER)
def test_imports_go_down(module: str) -> None:
    here = part(module)
    wrong = [
        name
        for name in ours(module)
        if part(name) != here and floor(part(name)) >= floor(here) and floor(here) > 0
    ]
    assert not wrong, f"{module} imports {wrong}"


def test_imports_do_not_go_round() -> None:
    graph = {module: ours(module) - {module} for module in INNER}
    order = list(TopologicalSorter(graph).static_order())
    assert set(order) == set(INNER)


ONLY = {
    "judge": {"wall", *LADDER[0]},
    "sandbox": {"wall", *LADDER[0]},
    "lms": {*LADDER[0]},
    "wall": {*LADDER[0]},
    "reader": {"wall", "notebook", *LADDER[0]},
}
"""Rooms that may use less than what lies below them."""


@pytest.mark.parametrize("room", ONLY)
def test_rooms_that_know_little(room: str) -> None:
    inside = [module for module in INNER if part(module) == room]
    assert len(inside) > 2
    for module in inside:
        known = {part(name) for name in ours(module)} - {room}
        assert known <= ONLY[room], f"{module} imports {known - ONLY[room]}"


@pytest.mark.parametrize(("one", "other"), [("judge", "sandbox"), ("sandbox", "judge")])
def test_judge_and_sandbox_do_not_know_each_other(one: str, other: str) -> None:
    inside = [module for module in INNER if part(module) == one]
    assert len(inside) > 3
    for module in inside:
        assert f"autograder.{other}" not in MODULES[module].read_text(encoding="utf-8"), module


def test_what_students_read_knows_nothing_of_what_staff_read() -> None:
    inside = [module for module in INNER if module.startswith("reports.student")]
    assert len(inside) > 3
    for module in inside:
        assert not any(name.startswith("reports.staff") for name in ours(module)), module


VALUES_COME_FROM = {"numpy", "pandas", "scipy", "datascience"}


def test_the_probe_knows_nothing_of_ours() -> None:
    parts = {part.replace("/", ".") for part in text.PARTS}
    assert ours("sandbox.probe") < parts
    for module in parts:
        assert ours(module) <= parts
        assert outside(module, everything=False) <= sys.stdlib_module_names
        assert outside(module) <= {*sys.stdlib_module_names, *VALUES_COME_FROM}


def test_no_name_stands_twice_in_the_probes_text() -> None:
    names = [n.name for n in ast.parse(PROBE).body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    assert len(names) > 40
    assert len(names) == len(set(names))


OWNERS: dict[str, set[str]] = {
    "jupytext": {"course", "notebook", "reader"},
    "sqlite3": {"store"},
    "otter": {"course", "judge", "proving"},
    "click": {"cli"},
    "tensorflow": {"judge", "sandbox"},
    "keras": {"judge", "sandbox"},
    "sklearn": {"course"},
    "nbclient": {"sandbox"},
    "ctypes": {"wall"},
}


@pytest.mark.parametrize("package", OWNERS)
def test_packages_have_an_owner(package: str) -> None:
    users = {part(module) for module in INNER if package in outside(module)}
    assert users <= OWNERS[package]
    assert users or package == "ctypes"


@pytest.mark.parametrize("module", INNER)
def test_tensorflow_is_loaded_by_the_judges_process_only(module: str) -> None:
    heavy = outside(module, everything=False) & {"tensorflow", "keras"}
    assert not heavy or module in ("judge.worker", "judge.models", "judge.graph")


def test_nothing_is_unpickled() -> None:
    for module in INNER:
        assert not outside(module) & {"pickle", "dill", "cloudpickle", "shelve", "marshal"}, module
        assert "allow_pickle=True" not in MODULES[module].read_text(encoding="utf-8"), module


def calls(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


CHILDREN = {"wall", "judge", "sandbox", "reader"}
"""Rooms whose code runs in processes of its own; we read what they write to their error stream."""


def test_only_the_command_line_prints() -> None:
    printing = {"print", "click.echo", "sys.stdout.write"}
    errors = {"sys.stderr.write", "traceback.print_exc"}
    found = {part(module) for module in INNER if printing & set(calls(module))}
    assert found == {"cli"}
    found = {part(module) for module in INNER if errors & set(calls(module))}
    assert found <= {"cli", *CHILDREN}


def test_sql_is_in_the_store_only() -> None:
    words = ("SELECT ", "INSERT INTO", "CREATE TABLE", "UPDATE ", "DELETE FROM", "PRAGMA ")
    found = set()
    for module in INNER:
        texts = (n.value for n in ast.walk(tree(module)) if isinstance(n, ast.Constant))
        if any(isinstance(text, str) and any(w in text for w in words) for text in texts):
            found.add(part(module))
    assert found == {"store"}


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_short_and_say_what_they_are(module: str) -> None:
    text = MODULES[module].read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module begins with what it is for"
    lines = len(text.splitlines())
    assert lines <= MAX_LINES, f"{lines} lines; at most {MAX_LINES}"


HEAVY = ["tensorflow", "keras", "numpy", "nbclient", "nbformat", "otter", "rich", "IPython"]


def test_the_command_line_loads_nothing_heavy() -> None:
    code = f"import sys, autograder.cli; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_the_probe_alone_loads_nothing_heavy() -> None:
    code = "import sys; exec(sys.stdin.read()); print(*{'numpy', 'autograder'} & {*sys.modules})"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input=PROBE, capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


IN_THE_JUDGE = """
import sys, autograder.judge.worker
early = {"keras", "tensorflow", "pandas", "nbconvert", "matplotlib"} & {*sys.modules}
import otter
from otter.test_files import TestCase
print(*early, otter.Notebook.__name__, TestCase is autograder.judge.worker.cases.TestCase)
"""


def test_the_judge_loads_of_otter_what_it_needs_and_tests_have_it_all() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_THE_JUDGE], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "Notebook True\n"


IN_A_KERNEL = """
import sys
from autograder.sandbox import kernel
kernel.import_everything(())
early = {"pandas", "otter.run", "tensorflow", "matplotlib"} & {*sys.modules}
import otter
run = otter.api.run_grader
from otter.run import main
print(*early, run is not main, otter.Notebook.__name__)
"""


def test_a_kernel_loads_of_otter_what_notebooks_need_and_they_find_it_all() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_A_KERNEL], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "True Notebook\n"


def test_no_process_waits_for_what_nobody_uses() -> None:
    code = "import sys, autograder.reader.worker as _; print({'lark', 'anyio'} & {*sys.modules})"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "set()"


def test_notebooks_find_them_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from autograder import UNUSED
    from autograder.sandbox import kernel, speed

    monkeypatch.setattr(kernel, "_LAZY", ())
    monkeypatch.setattr(kernel, "_import_otter", lambda: None)
    monkeypatch.setattr(speed, "install", lambda: None)
    for name in UNUSED:
        monkeypatch.setitem(sys.modules, name, None)  # type: ignore[arg-type]
    kernel.import_everything(())
    assert not set(UNUSED) & sys.modules.keys()
