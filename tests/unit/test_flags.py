"""What in a notebook's text makes a human look, and what does not."""

from __future__ import annotations

from dataclasses import replace

import nbformat
import pytest

from autograder import flags
from autograder.records import Grade, Status


def found(source: str) -> list[str]:
    known = nbformat.v4.new_code_cell("import otter")
    reference = nbformat.v4.new_notebook(cells=[known])
    notebook = nbformat.v4.new_notebook(cells=[known, nbformat.v4.new_code_cell(source)])
    return [flag.evidence for flag in flags.source_flags(notebook, reference)]


SUSPICIOUS = {
    "import otter.check": "imports otter.check",
    "x = 1\nfrom ipykernel import kernelbase": "line 2: imports ipykernel",
    "class A:\n    def __eq__(self, o): return True": "defines __eq__",
    "class A(float):\n    __eq__ = lambda s, o: True": "defines __eq__",
    "np.asarray = None": "changes np.asarray",
    "import keras as k\nk.Model.evaluate = f": "changes k.Model.evaluate",
    "setattr(np, 'allclose', f)": "changes np by setattr",
    "open('tests/q1.py')": "names tests/",
    "from pathlib import Path\nPath('tests').iterdir()": "names tests/",
    "open('/proc/self/maps')": "names /proc/",
    "import inspect\ninspect.stack()": "uses inspect.stack",
    "sys.modules['judging']": "uses sys.modules",
    "e.__traceback__.tb_frame.f_back": "uses f_back",
    "import os\nif 'USER' in os.environ: pass": "uses os.environ",
    "os.getenv('USER')": "asks os.getenv",
    "ip = get_ipython()": "uses get_ipython()",
    "globals()['x'] = 1": "calls globals",
    f"w = {'A' * 20_001!r}": "holds 20,001 characters",
    "%%time\nimport otter": "imports otter",
}
HARMLESS = [
    "import os\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'",
    "os.environ.setdefault('A', 'b')",
    "import gc\ngc.collect()",
    "plt.rcParams['figure.dpi'] = 80",
    "np.random.seed(0)",
    "import tensorflow as tf\nfrom tensorflow.keras import layers",
    "network.trainable = False",
    "%matplotlib inline",
    "!pip install keras",
    "%%time\nhistory = network.fit(x, y)",
    "this is not Python",
    "class A:\n    x = 1\n    def f(self): self.x = 2",
]


@pytest.mark.parametrize("source", SUSPICIOUS)
def test_what_touches_the_grading_is_shown_with_its_place(source: str) -> None:
    assert any(SUSPICIOUS[source] in evidence for evidence in found(source)), found(source)
    assert all(evidence.startswith("cell 2, line ") for evidence in found(source))


@pytest.mark.parametrize("source", HARMLESS)
def test_what_students_do_raises_nothing(source: str) -> None:
    assert found(source) == []


def test_the_same_fact_in_several_submissions_is_shown_in_each() -> None:
    plain = Grade("a", "", Status.GRADED, (), 1.0, 1.0, (), 1.0, {}, (), {"weights": "w"})
    other = replace(plain, submission="b")
    alone = replace(plain, submission="c", facts={"weights": "v"})
    none = [replace(plain, submission=name, facts={}) for name in "de"]
    alike = flags.identical([plain, other, alone, *none], "weights")
    assert {name: [f.evidence for f in found] for name, found in alike.items()} == {
        "a": ["as in b"],
        "b": ["as in a"],
    }
    assert alike["a"][0].name == "identical weights"
