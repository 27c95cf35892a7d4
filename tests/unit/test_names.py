"""Which names cross the wall, which come from the context, and which nobody makes."""

from __future__ import annotations

from dataclasses import replace

import nbformat
import pytest

from autograder.course import uses
from autograder.course.names import Names, names
from autograder.errors import ConfigError

CASE = "from otter.test_files import test_case\nOK_FORMAT = False\nname = 'q1'\n"


def notebook(*cells: str) -> nbformat.NotebookNode:
    """A solved notebook; cells that begin with `#!` are answers, the last one is a check."""
    made = nbformat.v4.new_notebook()
    for source in (*cells, 'grader.check("q1")'):
        cell = nbformat.v4.new_code_cell(source.removeprefix("#!\n"))
        if source.startswith("#!\n"):
            cell.metadata["tags"] = ["otter_answer_cell"]
        made.cells.append(cell)
    return made


def of(doctests: str, *cells: str) -> tuple[tuple[str, ...], str]:
    """The names that cross for a question with these doctests, and the context's lines."""
    found: Names = names(notebook(*cells), {"q1": uses.in_doctests([doctests])}, "master.py")
    lines = [line for line in found.context.splitlines() if not line.startswith("# cell")]
    return found.crossing["q1"], "\n".join(lines)


CROSSING: dict[str, tuple[tuple[str, ...], str, str, tuple[str, ...]]] = {
    "an answer": (("x",), "", ">>> x\n1", ("#!\nx = 1",)),
    "a function": (("f",), "", ">>> f(1)\n1", ("#!\ndef f(a):\n    return a",)),
    "what an answer makes in passing": (("i", "fh", "n"), "", ">>> i, fh, n\n1", ("#!\nfor i in []: pass\nwith a as fh: pass\nif (n := 1): pass",)),
    "a helper of the notebook": (("x",), "import hashlib\ndef get_hash(v):\n    return hashlib.md5(v)", ">>> get_hash(x)\n1", ("import hashlib\ndef get_hash(v):\n    return hashlib.md5(v)", "#!\nx = 1")),
    "data of the notebook": (("x",), "import pandas as pd\ndf = pd.read_csv('a.csv')\ndf['b'] = 1", ">>> x == len(df)\n1", ("import numpy as np\nimport pandas as pd", "df = pd.read_csv('a.csv')\nprint(df)", "df['b'] = 1\nother = 5", "#!\nx = 1")),
    "computed from an answer": (("y",), "", ">>> y\n1", ("#!\nx = 1", "y = x + 1")),
    "computed from what is": (("z",), "", ">>> z\n1", ("#!\nx = 1", "y = x + 1\nz = [y]")),
    "a helper that reads an answer": (("show",), "", ">>> show()\n1", ("#!\nx = 1", "def show():\n    return x")),
    "what such a helper returns": (("y",), "", ">>> y\n1", ("#!\nx = 1", "def show():\n    return x\ny = show()")),
    "an answer put into data": (("df",), "", ">>> df\n1", ("df = {}", "#!\nx = 1", "df['x'] = x")),
    "data that an answer changes": (("df", "e", "f"), "", ">>> df, e, f\n1", ("df, e, f = {}, [], []", "#!\ndf['x'] = 1\ne.append(1)\nfill(f)")),
    "data that an answer's function changes": (("log",), "", ">>> log\n1", ("log = []", "#!\ndef f():\n    log.append(1)")),
    "data that an answer only reads": (("x",), "df = {}", ">>> x, df\n1", ("df = {}", "#!\nx = df.get('a')\nprint(df)")),
    "a helper that changes data": (("x",), "log = []\ndef note():\n    log.append(1)\nnote()", ">>> x, log\n1", ("log = []", "def note():\n    log.append(1)", "note()", "#!\nx = 1")),
    "imports of an answer": (("x",), "import math", ">>> math.sqrt(x)\n1", ("#!\nimport math\nx = 1",)),
    "an import that an answer tries": (("x",), "import math", ">>> math.sqrt(x)\n1", ("#!\ntry:\n    import math\nexcept ImportError:\n    y = 1\nx = 1",)),
    "a star": (("x",), "from datascience import *\nt = make_array(1)", ">>> t, x, Table\n1", ("from datascience import *", "t = make_array(1)", "#!\nx = 1")),
    "bound in the test": (("x",), "", ">>> y = x\n>>> import z\n>>> y, z\n1", ("#!\nx = 1\ny = 2\nz = 3",)),
    "bound after it was used": (("x",), "", ">>> x\n1\n>>> x = 2\n>>> x\n2", ("#!\nx = 1",)),
    "a builtin": ((), "", ">>> len([])\n0", ("#!\nx = 1",)),
    "a builtin that the solution defines": (("sum",), "", ">>> sum([])\n0", ("#!\ndef sum(a):\n    return a",)),
    "a module that an answer rebinds": (("np",), "", ">>> np\n0", ("import numpy as np", "#!\nnp = 1",)),
    "dunders": (("x",), "", ">>> __builtins__, __x__, x\n0", ("#!\n__x__ = x = 1",)),
    "all names": (("b", "a"), "", ">>> b in vars()\n0", ("#!\na = b = 1", "c = 1")),
    "vars of an object": (("a",), "", ">>> vars(a), dir(a)\n0", ("#!\na = b = 1",)),
    "text that is run": (("a",), "", ">>> eval('a + 1')\n0", ("#!\na = b = 1",)),
    "any text that is run": (("a", "b"), "t = ''", ">>> eval(t)\n0", ("t = ''\n#", "#!\na = b = 1")),
    "a name below the check has another value": (("t", "x"), "", ">>> t, x\n0", ("#!\nx = 1", "t = 1\ngrader.check('q1')", "t = 2")),
    "setting up a library": (("x",), "import numpy as np\nnp.random.seed(1)\ndef f():\n    return np.random.rand()", ">>> f(), x\n0", ("%matplotlib inline\nimport numpy as np\nnp.random.seed(1)\nnp.show(5)", "def f():\n    return np.random.rand()", "#!\nx = 1")),
    "a shell line": (("files", "x"), "", ">>> files, x\n0", ("files = !ls", "#!\nx = 1")),
    "%run": (("lost", "x"), "", ">>> lost, x\n0", ("%run other.py", "#!\nx = 1")),
    "a class that is changed": (("P", "x"), "", ">>> P, x\n0", ("class P: pass", "#!\nP.size = 3\nx = 1")),
    "a loop of the test": (("x",), "", ">>> for i in x:\n...     print(i)\n1", ("#!\nx = [1]\ni = 2",)),
    "bound from itself": (("x",), "", ">>> x = x + 1\n>>> x\n2", ("#!\nx = 1",)),
    "an element that grows": (("n",), "", ">>> n\n0", ("n = 0", "#!\nn += 1")),
    "a comprehension's names stay": (("x",), "", ">>> [i for i in x]\n0", ("#!\nx = [1]\ni = 3",)),
}  # fmt: skip


@pytest.mark.parametrize("case", CROSSING)
def test_what_crosses_and_what_the_judge_makes(case: str) -> None:
    crossing, context, doctests, cells = CROSSING[case]
    if case == "a name below the check has another value":  # that cell has the check already
        made = notebook(*cells)
        made.cells.pop()
        found = names(made, {"q1": uses.in_doctests([doctests])}, "master.py")
        assert found.crossing["q1"] == crossing
        return
    found_crossing, found_context = of(doctests, *cells)
    assert set(found_crossing) == set(crossing)
    assert found_context == context


def test_otters_own_lines_are_no_context() -> None:
    cells = ("import otter\ngrader = otter.Notebook('a.ipynb')", "y = grader.check('q0')", "z = 1")
    assert of(">>> z\n1", *cells) == ((), "z = 1")


def test_the_context_names_its_cells() -> None:
    found = names(notebook("a = 1", "#!\nx = 1", "b = a"), {"q1": uses.Uses(("b",))}, "")
    assert found.context == "# cell 1\na = 1\n# cell 3\nb = a\n"


def test_the_context_is_seeded_before_each_cell() -> None:
    test = {"q1": uses.Uses(("b",))}
    found = names(notebook("a = seed", "b = a + seed"), test, "", before_cells="seed = 7")
    assert found.context == "# cell 1\nseed = 7\na = seed\n# cell 2\nseed = 7\nb = a + seed\n"


def test_without_a_solution_an_unknown_name_crosses() -> None:
    test = {"q1": uses.Uses(("x", "helper"))}
    assert names(notebook("#!\nx = ..."), test, "", solved=False).crossing["q1"] == ("x", "helper")
    asked = {"q1": uses.Uses(("x", "helper"), optional=frozenset({"helper"}))}
    assert names(notebook("#!\nx = 1"), asked, "").crossing["q1"] == ("x", "helper")
    with pytest.raises(ConfigError, match=r"m.py: question `q1`: its test uses `helper`, which"):
        names(notebook("#!\nx = 1"), test, "m.py")


FUNCTIONS: dict[str, tuple[str, uses.Uses]] = {
    "parameters": ("@test_case()\ndef test_a(x, y=1, *, z):\n    assert x", uses.Uses(("x", "y", "z"))),
    "helpers have parameters of their own": ("def helper(v):\n    return v\n@test_case()\ndef test_a(x):\n    helper(x)", uses.Uses(("x",))),
    "keys of env": ("@test_case()\ndef test_a(env):\n    assert 'a' in env and env['b'] == env.get('c')", uses.Uses(("b", "a", "c"), optional=frozenset("ac"))),
    "any key of env": ("@test_case()\ndef test_a(env):\n    assert env[chosen()]\ndef chosen(): ...", uses.Uses((), True)),
    "env handed on": ("@test_case()\ndef test_a(env):\n    look(env)\ndef look(e): ...", uses.Uses((), True)),
    "a name that the file lacks": ("@test_case()\ndef test_a(x):\n    np.sum(x)", uses.Uses(("x",), unknown=("np",))),
    "a name that the file has": ("import numpy as np\n@test_case()\ndef test_a(x):\n    np.sum(x)", uses.Uses(("x",))),
    "a name that a function has": ("@test_case()\ndef test_a(x):\n    import numpy as np\n    np.sum(x)", uses.Uses(("x",))),
}  # fmt: skip


@pytest.mark.parametrize("case", FUNCTIONS)
def test_what_tests_in_exception_format_use(case: str) -> None:
    source, expected = FUNCTIONS[case]
    found = uses.in_functions(CASE + source)
    assert set(found.names) == set(expected.names)
    assert replace(found, names=()) == replace(expected, names=())
