"""What in a notebook's text makes a human look, and what does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.notebook import flags
from autograder.notebook.cells import cells_of
from autograder.records import Flag, Grade, Status


def code(source: str) -> Any:
    return nbformat.v4.new_code_cell(source)


def book(*cells: Any) -> Any:
    return nbformat.v4.new_notebook(cells=list(cells))


def source_flags(notebook: Any, reference: Any) -> list[Flag]:
    known = {cell.source.strip() for cell in reference.cells}
    return flags.source_flags(cells_of(notebook), known, are_called=True)


def found(source: str) -> list[str]:
    known = code("import otter")
    notebook = book(known, code(source))
    return [flag.evidence for flag in source_flags(notebook, book(known))]


SUSPICIOUS = {
    "import time as t\ndef f(x):\n    return t.time() % 2": "line 3: f calls t.time",
    "from os import getpid\nf = lambda: getpid()": "line 2: a lambda calls getpid",
    "import datetime\ndef f():\n    return datetime.datetime.now()": "f calls datetime.datetime.now",
    "from IPython.core.interactiveshell import InteractiveShell\nInteractiveShell.run_cell = f": "line 2: changes InteractiveShell.run_cell",
    "import sys\nsys.modules = f": "changes sys.modules",
    "import sys\nsys.exit = f": "changes sys.exit",
    "'judging' in sys.modules": "uses sys.modules",
    "sys.modules['google.colab']": "uses sys.modules",
    "import os\nos.environ.get('SECRET')": "uses os.environ",
    "import os\n'USER' in os.environ": "uses os.environ",
    "x in globals().values()": "calls globals",
    "g = globals()": "calls globals",
    "open('/proc/cpuinfo/../self/maps')": "names /proc/",
    "open('/proc/versions')": "names /proc/",
    "str(get_ipython().user_ns)": "uses get_ipython()",
    "import ssl\nssl.SSLContext = f": "changes ssl.SSLContext",
    "import otter.check": "imports otter.check",
    "x = 1\nfrom ipykernel import kernelbase": "line 2: imports ipykernel",
    "import nbclient, numpy": "imports nbclient",
    "import autograder.judge as j": "imports autograder.judge",
    "def f():\n    from otter import Notebook": "line 2: imports otter",
    "class A:\n    def __eq__(self, o): return True": "defines __eq__",
    "class A:\n    def __ge__(self, o): return True": "line 2: defines __ge__",
    "class A(float):\n    __eq__ = lambda s, o: True": "defines __eq__",
    "np.asarray = None": "changes np.asarray",
    "import keras as k\nk.Model.evaluate = f": "changes k.Model.evaluate",
    "tf.keras.Model.fit = f": "changes tf.keras.Model.fit",
    "builtins.isinstance = f": "changes builtins.isinstance",
    "grader.check = print": "changes grader.check",
    "np.float32 += 1": "changes np.float32",
    "np.pi: float = 3": "changes np.pi",
    "del np.ndarray.__eq__": "changes np.ndarray.__eq__",
    "import json\nx = json.dumps = f": "line 2: changes json.dumps",
    "import os.path\nos.path.exists = f": "changes os.path.exists",
    "setattr(np, 'allclose', f)": "changes np by setattr",
    "setattr(keras.Model, name, f)": "changes keras.Model by setattr",
    "delattr(np.random, 'seed')": "changes np.random by delattr",
    "open('tests/q1.py')": "names tests/",
    "from pathlib import Path\nPath('tests').iterdir()": "names tests/",
    "open('/proc/self/maps')": "names /proc/",
    "open(f'/proc/{pid}/mem')": "names /proc/",
    "x = 'tests\\\\q1.py'": "names tests\\",
    "open('.OTTER_LOG', 'rb')": "names .OTTER_LOG",
    "open('../otter_config.json')": "names otter_config",
    "import os\nos.listdir('/sandbox')": "names /sandbox",
    "!cat tests/q1.py": "names tests/",
    "import inspect\ninspect.stack()": "uses inspect.stack",
    "import inspect as i\ni.currentframe()": "line 2: uses i.currentframe",
    "import gc\ngc.get_objects()": "uses gc.get_objects",
    "import ctypes\nctypes.CDLL(None)": "uses ctypes.CDLL",
    "import faulthandler as fh\nfh.dump_traceback(f)": "uses fh.dump_traceback",
    "import ptrace\nptrace.debugger": "uses ptrace.debugger",
    "sys.modules['judging']": "uses sys.modules",
    "sys._getframe(1)": "uses sys._getframe",
    "sys._current_frames()": "uses sys._current_frames",
    "sys.settrace(f)": "uses sys.settrace",
    "sys.setprofile(f)": "uses sys.setprofile",
    "e.__traceback__.tb_frame.f_back": "uses f_back",
    "frame.f_globals['x'] = 1": "uses f_globals",
    "frame.f_locals": "uses f_locals",
    "object.__subclasses__()": "uses __subclasses__",
    "shell.user_ns['x']": "uses user_ns",
    "import os\nif 'USER' in os.environ: pass": "uses os.environ",
    "os.environ['USER']": "uses os.environ",
    "x = dict(os.environ)": "uses os.environ",
    "os.environ.get('USER')": "uses os.environ",
    "os.getenv('USER')": "asks os.getenv",
    "os.getppid()": "asks os.getppid",
    "get_ipython().kernel": "uses get_ipython()",
    "get_ipython().events.register('post_run_cell', f)": "uses get_ipython()",
    "ip = get_ipython()": "uses get_ipython()",
    "globals()['x'] = 1": "calls globals",
    f"w = {'A' * 20_001!r}": "holds 20,001 characters",
    f"w = b{'A' * 20_001!r}": "holds 20,001 characters",
    "exec('x = 1')": "calls exec",
    "x = eval(text)": "calls eval",
    "import importlib\nimportlib.import_module(name)": "calls importlib.import_module",
    "__import__('numpy').add": "calls __import__",
    "f.__code__ = g.__code__": "uses __code__",
    "f.__globals__['add']": "uses __globals__",
    "%%time\nimport otter": "line 2: imports otter",
    "%%bash\ncat /proc/self/environ": "line 2: names /proc/",
    "import ctypes.util\nctypes.CDLL(None)": "line 2: uses ctypes.CDLL",
    "import sys as s\ns.modules['x'] = 1": "line 2: uses s.modules",
    "from os import environ\nenviron['USER']": "line 2: uses environ",
    "from inspect import stack\nstack()": "line 2: uses stack",
    "from keras import Model\nModel.fit = f": "line 2: changes Model.fit",
    "(np.a, np.b) = 1, 2": "changes np.b",
    "for np.x in y: pass": "changes np.x",
    "open(b'/proc/self/mem')": "names /proc/",
    "type('A', (), {'__eq__': f})": "defines __eq__",
    "%matplotlib inline\nimport otter": "line 2: imports otter",
}
HARMLESS = [
    "import time\nstart = time.time()\ndef f(x):\n    return x.time()",
    "from IPython.core.interactiveshell import InteractiveShell\nInteractiveShell.ast_node_interactivity = 'all'",
    "%config InteractiveShell.ast_node_interactivity = 'last_expr'",
    "get_ipython().run_line_magic('matplotlib', 'inline')",
    "from IPython.display import display, clear_output\nclear_output(wait=True)",
    "np.set_printoptions(suppress=True, linewidth=120)\nnp.seterr(divide='ignore')",
    "with np.printoptions(precision=2):\n    print(x)",
    "plt.rcParams.update({'font.size': 12})\nmpl.rcParams['axes.grid'] = True",
    "import matplotlib as mpl\nmpl.rcParams = mpl.rcParamsDefault",
    "import sys, io\nold = sys.stdout\nsys.stdout = io.StringIO()\nnetwork.summary()\nsys.stdout = old",
    "import sys, os\nsys.stderr = open(os.devnull, 'w')\nsys.stderr = sys.__stderr__",
    "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):\n    network.summary()",
    "import sys\nsys.tracebacklimit = 0",
    "import pandas as pd\npd.options.display.float_format = '{:.3f}'.format\npd.set_option('display.max_rows', 9)",
    "import seaborn as sns\nsns.set_theme()\nsns.palette = 'deep'",
    "import warnings\nwarnings.simplefilter('ignore')\nwarnings.warn = lambda *a, **k: None",
    "import warnings\nwith warnings.catch_warnings():\n    warnings.simplefilter('ignore')\n    f()",
    "import logging\nlogging.getLogger('tensorflow').setLevel(logging.ERROR)\nlogging.disable(logging.WARNING)",
    "import logging\nlogging.raiseExceptions = False",
    "tf.get_logger().setLevel('ERROR')\ntf.get_logger().propagate = False",
    "tf.autograph.set_verbosity(0)\ntf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)",
    "import os\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'\nos.environ['TF_ENABLE_ONEDNN_OPTS'] = '0'",
    "import os\nprint(os.environ.get('TF_CPP_MIN_LOG_LEVEL'))\nprint(os.getenv('CUDA_VISIBLE_DEVICES', ''))",
    "import os\nif 'COLAB_GPU' in os.environ:\n    print('Colab')",
    "import os\nif os.environ['KAGGLE_KERNEL_RUN_TYPE']: pass",
    "import sys\nIN_COLAB = 'google.colab' in sys.modules",
    "if 'google.colab' in str(get_ipython()):\n    print('Colab')",
    "if 'network' not in globals():\n    network = None",
    "import ssl\nssl._create_default_https_context = ssl._create_unverified_context",
    "from PIL import Image\nImage.MAX_IMAGE_PIXELS = None",
    "import torch\ntorch.backends.cudnn.deterministic = True",
    "import random\nrandom.seed(0)\nkeras.utils.set_random_seed(0)\ntf.random.set_seed(0)",
    "tf.config.experimental.set_memory_growth(gpus[0], True)\ntf.keras.backend.clear_session()",
    "keras.config.set_floatx('float32')\ntf.keras.mixed_precision.set_global_policy('float32')",
    "!cat /proc/cpuinfo\n!nvidia-smi\n!free -h",
    "open('/proc/meminfo').read()",
    "import decimal\ndecimal.getcontext().prec = 6",
    "import time\nstart = time.time()\n%timeit -n 1 f()",
    "history.model.stop_training = False",
    "print('Running the tests')",
    "import pandas as pd\npd.options.display.max_rows = 5",
    "import gc\ngc.disable()",
    "x = a" + ".b()" * 900,
    "x = a" + ".b" * 900,
    "x = " + "a + " * 900 + "a",
    "",
    "# import otter",
    "import os\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'",
    "import os\nos.environ.update(TF_CPP_MIN_LOG_LEVEL='3')",
    "import os\ndel os.environ['CUDA_VISIBLE_DEVICES']",
    "import os\nos.makedirs('data', exist_ok=True)\nos.path.join('data', 'mnist.npz')",
    "import sys\nprint(sys.version, sys.argv)\nsys.path.append('.')",
    "import inspect\ninspect.signature(f)\nprint(inspect.getsource(f))",
    "os.environ.setdefault('A', 'b')",
    "import gc\ngc.collect()",
    "plt.rcParams['figure.dpi'] = 80",
    "import matplotlib.pyplot as plt\nplt.rcParams['x'] = 1\nplt.style.use('ggplot')",
    "import warnings\nwarnings.filterwarnings('ignore')",
    "np.random.seed(0)",
    "np.set_printoptions(precision=3)\ntf.random.set_seed(1)\nkeras.utils.set_random_seed(1)",
    "tf.config.set_visible_devices([], 'GPU')\ntf.get_logger().setLevel('ERROR')",
    "import tensorflow as tf\nfrom tensorflow.keras import layers",
    "import numpy as np\nimport keras\nfrom keras import layers, models",
    "x = np.zeros(3)\nx[0] = 1\nx.shape = (3, 1)\ndel x",
    "network.trainable = False",
    "network.layers[0].trainable = False\nnetwork.optimizer.learning_rate = 0.01",
    "setattr(network, 'trainable', False)\ngetattr(np, 'mean')(x)",
    "history.history['loss']\nhistory.epoch = [1]",
    "grader.check('q1')",
    "print('tested on', test_images.shape, 'latest: 0.98')",
    "def eq(a, b): return a == b",
    "class A:\n    def __init__(self): self.x = 1\n    def __len__(self): return 1",
    "class C(keras.callbacks.Callback):\n    def on_epoch_end(self, epoch, logs=None): self.last = logs",
    f"x = {'A' * 20_000!r}",
    f"x = {list(range(10_000))}",
    "%matplotlib inline",
    "!pip install keras",
    "%pip install keras",
    "%load_ext tensorboard\n%timeit f(x)",
    "files = !ls",
    "get_ipython().run_cell_magic('time', '', 'x = 1')",
    "np.array?",
    "%%capture\nnetwork.summary()",
    "%%html\n<b>text</b>",
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


def test_evidence_names_the_cell_the_line_and_all_that_is_there_once() -> None:
    prose = nbformat.v4.new_markdown_cell("import otter")
    raw = nbformat.v4.new_raw_cell("import otter")
    source = "import gc\nx = 1\nfor o in gc.get_objects(): o.f_back; o.f_back\nnp.x = globals()"
    notebook = book(prose, code("y = 2"), raw, code(source), code("import otter"))
    assert source_flags(notebook, book()) == [
        Flag("source", "cell 4, line 4: changes np.x"),
        Flag("source", "cell 4, line 4: calls globals"),
        Flag("source", "cell 4, line 3: uses gc.get_objects"),
        Flag("source", "cell 4, line 3: uses f_back"),
        Flag("source", "cell 5, line 1: imports otter"),
    ]


# A cell of the course, a cell of the notebook, and whether it is known.
KNOWN = [
    ("import otter\ngrader = 1", "import otter\ngrader = 1", True),
    ("import otter", "\n import otter\n\n", True),
    (" import otter\n", "import otter", True),
    ("import otter", "import otter  # mine", False),
    ("import otter\ngrader = 1", "import otter", False),
]


@pytest.mark.parametrize(("own", "source", "known"), KNOWN)
def test_cells_of_the_course_raise_nothing(own: str, source: str, known: bool) -> None:
    assert (source_flags(book(code(source)), book(code(own))) == []) == known


ANY = st.text(max_size=40) | st.lists(
    st.sampled_from([*SUSPICIOUS, *HARMLESS, "x = (", "'\ud800'", "\0", "%%time", "else:"]), max_size=3
).map("\n".join)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_any_source_is_looked_at_without_an_exception(source: str) -> None:
    assert all(evidence.startswith("cell 2, line ") for evidence in found(source))


def graded(name: str, **facts: Any) -> Grade:
    return Grade(name, "", Status.GRADED, (), 1.0, 1.0, (), 1.0, {}, (), facts)


# What is measured of each submission, and with whom it shares that.
ALIKE: dict[str, tuple[dict[str, dict[str, Any]], dict[str, str]]] = {
    "nobody": ({}, {}),
    "one alone": ({"a": {"test_weights": "w"}}, {}),
    "all differ": ({"a": {"test_weights": "w"}, "b": {"test_weights": "v"}}, {}),
    "three": (
        {name: {"test_weights": "w"} for name in "bca"},
        {"b": "as in c, a", "c": "as in b, a", "a": "as in b, c"},
    ),
    "two pairs": (
        {name: {"test_weights": "wv"[n % 2]} for n, name in enumerate("abcd")},
        {"a": "as in c", "b": "as in d", "c": "as in a", "d": "as in b"},
    ),
    "another fact": ({"a": {"weights": "w"}, "b": {"weights": "w"}}, {}),
    "empty": ({"a": {"test_weights": ""}, "b": {"test_weights": ""}, "c": {"test_weights": None}}, {}),
}  # fmt: skip


@pytest.mark.parametrize("case", ALIKE)
def test_each_that_shares_a_fact_is_told_with_whom(case: str) -> None:
    measured, expected = ALIKE[case]
    alike = flags.identical((graded(name, **facts) for name, facts in measured.items()), "test_weights")  # fmt: skip
    assert alike == {
        name: [Flag("identical test weights", evidence)] for name, evidence in expected.items()
    }


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


def test_imports_of_earlier_cells_count() -> None:
    cells = [code("import inspect as i\nimport keras as k"), code("i.stack()\nk.Model.fit = f")]
    evidence = [flag.evidence for flag in source_flags(book(*cells), book(cells[0]))]
    assert evidence == ["cell 2, line 2: changes k.Model.fit", "cell 2, line 1: uses i.stack"]


def test_long_chains_of_names_are_read_once() -> None:
    """Each of these links is looked at; from each to the chain's beginning, it would take long."""
    cells = [{"cell_type": "code", "source": "x = a" + ".b" * 2_500, "metadata": {}}] * 20
    notebook = nbformat.from_dict({"cells": cells, "metadata": {}})
    assert source_flags(notebook, nbformat.from_dict({"cells": [], "metadata": {}})) == []
