"""Damaged and odd notebooks, and the row that each must give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.broken.damage import (
    CHECK1,
    CHECK2,
    CHECK3,
    EXPORT,
    IMPORTS,
    INIT,
    Q1,
    Q2,
    Q3,
    Damage,
    after,
    as_bytes,
    before,
    both,
    delete,
    duplicate,
    exported_script,
    fields,
    grader_of,
    ids,
    insert,
    merge,
    metadata,
    order,
    other_notebook,
    outputs,
    pasted_below,
    percent_script,
    retype,
    split,
    tags,
    text,
    varied,
    version_3,
    without_number,
    without_tags,
)

FULL = (2, 3, 5)
BLANK = (None, None, None)
PICTURE = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBOR" * 999}}
OTHERWISE = "cell 3 starts the grader otherwise"
STALE = {"output_type": "stream", "name": "stdout", "text": "q1 passed! score: 100"}


@dataclass(frozen=True, slots=True)
class Case:
    """A damage, the points that it must give, and parts of what must be said."""

    damage: Damage
    points: tuple[int | None, ...] = FULL
    problems: tuple[str, ...] = ()
    """Without any, the status is "graded"; with points blank, "ungradable"."""
    remarks: tuple[str, ...] = ()


def fine(damage: Damage, *remarks: str) -> Case:
    return Case(damage, FULL, (), remarks)


def said(damage: Damage, *problems: str, points: tuple[int | None, ...] = FULL) -> Case:
    return Case(damage, points, problems)


def refused(damage: Damage, *problems: str) -> Case:
    return Case(damage, BLANK, problems)


def nothing(notebook: Any) -> Any:
    return notebook


CELLS: dict[str, Case] = {
    "nothing": fine(nothing),
    "check deleted": said(delete(CHECK1), "q1: no check cell; judged after its answer in cell 6"),
    "all checks deleted": said(
        delete(CHECK1, CHECK2, CHECK3), "q1: no check", "q2: no check", "q3: no check"
    ),
    "answer deleted": Case(delete(Q1), (0, 3, 5)),
    "answer and check deleted": said(
        delete(Q1, CHECK1), "q1: no check cell and no answer cell", points=(0, 3, 5)
    ),
    "all prose deleted": fine(delete(0, 4, 7, 10, 13)),
    "first cell deleted": said(delete(INIT), "no cell makes `grader`"),
    "first cell deleted, all merged": said(
        both(delete(INIT), merge(0, 12)), "no cell makes `grader`"
    ),
    "imports deleted": Case(delete(IMPORTS), (2, 0, 5)),
    "export deleted": fine(delete(EXPORT)),
    "check doubled": said(duplicate(CHECK1), "q1: checked 2 times"),
    "answer doubled": fine(duplicate(Q1), "cells with the same id"),
    "answer and check doubled": said(
        both(duplicate(Q2), duplicate(CHECK2 + 1)), "q2: checked 2 times"
    ),
    "answer doubled, check deleted": said(
        both(delete(CHECK2), duplicate(Q2)), "q2: no check cell; judged after its answer in cell 10"
    ),
    "everything doubled": said(
        lambda n: duplicate(*range(len(n.cells)))(n),
        *(f"{question}: checked 2" for question in ("q1", "q2", "q3")),
    ),
    "everything pasted below": said(
        pasted_below,
        *(f"{question}: checked 2" for question in ("q1", "q2", "q3")),
    ),
    "wrong answer, then right, each checked": said(
        both(text(Q1, "answer = 1"), insert(CHECK1 + 1, "answer = 42", 'grader.check("q1")')),
        "q1: checked 2 times",
    ),
    "answer and check merged": fine(merge(Q1, CHECK1)),
    "two questions merged": fine(merge(Q1, CHECK2)),
    "all code merged": fine(merge(0, 12)),
    "all merged, one error": Case(
        both(text(Q1, "answer = 42\nraise ValueError"), merge(Q1, CHECK3)), (2, 0, 0)
    ),
    "answer split": fine(
        split(Q2, ["squares = np.arange(10)", "squares = squares.astype('float32') ** 2"])
    ),
    "answer split, check deleted": said(
        both(delete(CHECK1), split(Q1, ["six = 6", "answer = six * 7"])), "q1: no check cell"
    ),
    "answer above its cell": fine(both(text(Q1, ""), insert(Q1, "answer = 42"))),
    "answer in the check's cell": fine(both(text(Q1, ""), before(CHECK1, "answer = 42"))),
    "answer below its check, stub left": said(
        both(text(Q1, "answer = ..."), insert(CHECK1 + 1, "answer = 42")),
        "q1: answered in cell 8, after its check",
    ),
    "answer at the end, cell emptied": said(
        both(text(Q2, ""), insert(13, "squares = [n * n for n in range(10)]")),
        "q2: answered in cell 14, after its check",
    ),
    "answer with the next question": said(
        both(text(Q1, "answer = ..."), before(Q2, "answer = 42")),
        "q1: answered in cell 9, after its check",
    ),
    "answer with the question before": fine(
        both(text(Q2, ""), after(Q1, "squares = np.arange(10) ** 2"))
    ),
    "wrong answer in another cell": said(
        both(text(Q1, "answer = ..."), before(Q2, "answer = 41")),
        "q1: answered in cell 9",
        points=(1, 3, 5),
    ),
    "check above its answer": said(
        order(0, 1, 2, 3, 4, CHECK1), "q1: answered in cell 7, after its check"
    ),
    "questions in another order": said(
        order(0, 1, 2, 3, 7, Q2, CHECK2, 4, Q1, CHECK1), "another order (q2 stands before q1)"
    ),
    "imports at the end": Case(order(*(i for i in range(15) if i != IMPORTS)), (2, 0, 5)),
    "imports below": Case(order(0, 1, 2, 4, Q1, CHECK1, 7, Q2, CHECK2, IMPORTS), (2, 0, 5)),
    "first cell at the end": fine(order(*(i for i in range(15) if i != INIT))),
    "all backwards": said(
        order(*reversed(range(15))),
        "after its check",
        "another order",
        points=(2, 0, 5),
    ),
    "cells without number": fine(without_number(Q1)),
    "empty cells between": fine(insert(5, "", "  \n", "# nothing")),
    "all answers emptied": Case(both(*(text(i, "") for i in (Q1, Q2, Q3))), (0, 0, 0)),
    "stubs left": Case(both(text(Q1, "answer = ..."), text(Q2, "squares = ...")), (0, 0, 5)),
}

RETYPED: dict[str, Case] = {
    f"{what} as {kind}{'' if keep else ', other ids'}": said(
        retype(kind, *indices, keep_ids=keep), *(f"had become {kind}" for _ in indices)
    )
    for kind in ("markdown", "raw")
    for keep in (True, False)
    for what, indices in {
        "answer": (Q1,),
        "check": (CHECK1,),
        "answer and check": (Q2, CHECK2),
        "all answers": (Q1, Q2, Q3),
        "all checks": (CHECK1, CHECK2, CHECK3),
        "last answer": (Q3,),
        "last check": (CHECK3,),
    }.items()
}
RETYPED |= {
    "answer in a fence": said(
        both(text(Q1, "```python\nanswer = 42\n```"), retype("markdown", Q1)),
        "q1: its answer in cell 6 had become markdown",
    ),
    "an old attempt kept as raw": fine(varied(Q1, cell_type="raw", source="answer = 1", id="old")),
    "a thought in place of an answer": Case(
        both(text(Q1, "I do not know"), retype("markdown", Q1)), (0, 3, 5)
    ),
    "prose as code": fine(insert(3, "# Now the answer")),
}

CHECKS: dict[str, Case] = {
    **{
        f"check written {written}": said(
            text(CHECK1, f"grader.check({written})"), f'q1: its check is written "{shown}"'
        )
        for written, shown in (
            ('"Q1"', "Q1"),
            ("'q01'", "q01"),
            ('"q 1"', "q 1"),
            ('"question1"', "question1"),
            ('"Question 1"', "Question 1"),
            ('"q_1"', "q_1"),
        )
    },
    "check without quotes": fine(text(CHECK1, "grader.check(q1)")),
    "check by another name": said(
        text(CHECK1, 'otter_grader.check("q1")'), "no cell makes `otter_grader`"
    ),
    "grader by another name": fine(
        both(
            text(INIT, 'import otter\ng = otter.Notebook("tiny.ipynb")'),
            *(text(i, f"g.check('q{n}')") for n, i in enumerate((CHECK1, CHECK2, CHECK3), 1)),
        )
    ),
    "check commented out": said(
        text(CHECK1, '# grader.check("q1")'), "q1: its check in cell 7 is no longer code"
    ),
    "check commented out in the answer": said(
        both(delete(CHECK1), after(Q1, '# grader.check("q1")')),
        "q1: its check in cell 6 is no longer code",
    ),
    "check mentioned in a comment": fine(before(Q1, '# then run grader.check("q1")')),
    "check of a question that is not there": fine(insert(6, 'grader.check("q9")')),
    "check of the wrong question": said(
        text(CHECK1, 'grader.check("q2")'), "q2: checked 2 times", "q1: no check cell"
    ),
    "check in a loop": said(text(CHECK1, 'for _ in range(1):\n    grader.check("q1")')),
    "all checks at the end": fine(
        both(
            delete(CHECK1, CHECK2, CHECK3),
            insert(12, 'grader.check("q1")\ngrader.check("q2")\ngrader.check("q3")'),
        )
    ),
    "check_all at the end": fine(insert(13, "grader.check_all()")),
    "check with a semicolon": fine(text(CHECK1, 'grader.check("q1");')),
    "check assigned": fine(text(CHECK1, 'r = grader.check("q1")\nr')),
    "check printed": fine(text(CHECK1, 'print(grader.check("q1"))')),
    "another file's name": fine(grader_of('"tiny (1).ipynb"'), OTHERWISE),
    "Colab's way to start": fine(grader_of('"tiny.ipynb", colab=True'), OTHERWISE),
    "another folder's tests": fine(
        grader_of('"tiny.ipynb", tests_dir="/content/tests"'), OTHERWISE
    ),
    "Otter installed first": fine(
        before(INIT, "!pip install otter-grader"), "`!pip install otter-grader` was not run"
    ),
}

PLATFORM: dict[str, Case] = {
    "Colab's drive": fine(
        insert(1, "from google.colab import drive\ndrive.mount('/content/drive')"),
        "`drive.mount('/content/drive')` was not run (belongs to Colab or Kaggle)",
    ),
    "Colab's drive in the answer": fine(
        before(Q1, "from google.colab import drive\ndrive.mount('/content/drive')"),
        "cell 6: `drive.mount",
    ),
    "Colab's drive, one line": fine(
        before(Q1, "from google.colab import drive; drive.mount('/d')"), "was not run"
    ),
    "Colab's upload": fine(
        before(Q2, "from google.colab import files\nuploaded = files.upload()"),
        "`uploaded = files.upload()` was not run",
    ),
    "Colab's download": fine(
        after(Q2, "from google.colab import files\nfiles.download('a.csv')"), "files.download"
    ),
    "Colab's module whole": fine(
        before(Q1, "import google.colab\ngoogle.colab.drive.mount('/x')"), "google.colab.drive"
    ),
    "Colab, tried": fine(
        before(Q1, "try:\n    import google.colab\nexcept ImportError:\n    HERE = True")
    ),
    "Colab's folder": fine(
        before(Q1, "import os\nos.chdir('/content/drive/MyDrive')"), "a folder of Colab"
    ),
    "Colab's folder by magic": fine(before(Q1, "%cd /content/drive/MyDrive"), "a folder of Colab"),
    "Kaggle's secrets": fine(
        before(Q1, "from kaggle_secrets import UserSecretsClient\nsecrets = UserSecretsClient()"),
        "belongs to Colab or Kaggle",
    ),
    "Kaggle's listing": fine(
        before(Q1, "import os\nfor d, _, f in os.walk('/kaggle/input'):\n    print(d)")
    ),
    "pip by shell": fine(before(Q1, "!pip install numpy"), "`!pip install numpy` was not run"),
    "pip by magic": fine(before(Q1, "%pip install -q numpy"), "installs or fetches"),
    "pip by module": fine(before(Q1, "!python -m pip install numpy"), "installs or fetches"),
    "pip bare": fine(before(Q1, "pip install numpy"), "installs or fetches"),
    "pip alone in its cell": fine(insert(1, "!pip install otter-grader==7.0"), "cell 2"),
    "pip under %%capture": fine(insert(1, "%%capture\n!pip install numpy"), "cell 2"),
    "pip under %%bash": fine(
        insert(1, "%%bash\npip install numpy\napt-get install -y graphviz"), "cell 2"
    ),
    "pip under %%capture with code": fine(
        text(Q1, "%%capture\n!pip install numpy\nanswer = 42"), "cell 6"
    ),
    "apt": fine(before(Q1, "!apt-get install -y graphviz"), "installs or fetches"),
    "wget": fine(before(Q1, "!wget https://example.org/mnist.npz"), "installs or fetches"),
    "git": fine(before(Q1, "!git clone https://example.org/course.git"), "installs or fetches"),
    "many pips": fine(before(Q1, "!pip install numpy\n" * 20), "more such lines"),
    "a shell line": fine(
        before(Q1, "!ls"), "`!ls` was not run (only shows something of the machine)"
    ),
    "a shell line that does something": fine(before(Q1, "!make")),
    "a timed cell": fine(before(Q1, "%%time")),
    "a timed line": fine(text(Q1, "%time answer = 6 * 7")),
    "inline pictures": fine(before(IMPORTS, "%matplotlib inline")),
    "pictures in a window": fine(before(Q1, "%matplotlib qt"), "draws into a window"),
    "pictures as widgets": fine(before(Q1, "%matplotlib widget"), "draws into a window"),
    "TensorBoard": fine(before(Q1, "%load_ext tensorboard"), "an extension"),
    "help left in": fine(before(Q1, "np.arange?")),
    "a magic nobody knows": said(before(Q1, "%nonsense 1"), "a magic or an extension"),
    "waits": fine(before(Q1, "import time\ntime.sleep(0.01)")),
    "shows pictures in a loop": fine(
        after(Q1, "import matplotlib.pyplot as plt\nfor _ in 'ab':\n    plt.figure(); plt.show()")
    ),
    "input": said(
        before(Q1, "name = input('Your name? ')"),
        "cell 6, line 1: asks for input",
        "missing: somebody who answers",
    ),
    "input below the answer": said(
        after(Q1, "input('Enter to go on')"), "cell 6, line 2: asks for input"
    ),
    "getpass": said(
        insert(1, "from getpass import getpass\ntoken = getpass()"),
        "cell 2, line 2: asks for input",
    ),
    "an error in a cell of one's own": fine(insert(3, "1 / 0")),
    "a syntax error elsewhere": fine(insert(3, "if True print(1)")),
    "a syntax error in an answer": Case(text(Q1, "answer = = 42"), (0, 3, 5)),
    "a conflict's marks in an answer": Case(
        text(Q1, "<<<<<<< HEAD\nanswer = 42\n=======\nanswer = 1\n>>>>>>> x"), (0, 3, 5)
    ),
    "a prompt copied": fine(text(Q1, ">>> answer = 42")),
    "tabs and spaces mixed": Case(
        text(Q1, "if True:\n\tanswer = 42\n        answer = 42"), (0, 3, 5)
    ),
    "Windows' line ends": fine(text(Q1, "answer = 6 * 7\r\n# done\r\n")),
    "a cell that is indented": fine(text(Q1, "    answer = 6 * 7")),
    "curly quotes": Case(text(Q1, "answer = 42\nprint(“done”)"), (0, 3, 5)),
    "no-break spaces": Case(text(Q1, "answer\u00a0=\u00a042"), (0, 3, 5)),
    "half a character": fine(after(Q1, "# \ud800")),
    "a NUL": Case(text(Q1, "answer = 42\0"), (0, 3, 5)),
    "emoji": fine(after(Q1, "print('🎉 fertig 数字')")),
}

NOTEBOOKS: dict[str, Case] = {
    "no ids": fine(both(ids(lambda _: None), fields(nbformat_minor=4))),
    "one id for all": fine(ids(lambda _: "same"), "cells with the same id"),
    "other ids": fine(ids(lambda i: f"other-{i}")),
    "other ids, checks deleted": said(
        both(ids(lambda i: f"other-{i}"), delete(CHECK1, CHECK2)),
        "q1: no check cell; judged after",
        "q2: no check",
    ),
    "no ids, no tags, no checks": said(
        both(ids(lambda _: None), without_tags, delete(CHECK1, CHECK2, CHECK3)),
        "q1: no check cell; judged after",
        "q3: no check",
    ),
    "no tags": fine(without_tags),
    "ids that are no text": fine(as_bytes(lambda b: re.sub(rb'"id": "[^"]*"', b'"id": 5', b))),
    "tags that are none": fine(tags(INIT, 5)),
    "stale outputs": fine(outputs(STALE)),
    "old errors": fine(
        outputs({"output_type": "error", "ename": "E", "evalue": "e", "traceback": []})
    ),
    "pictures": fine(outputs(PICTURE)),
    "outputs that are none": fine(outputs({"output_type": "nonsense"})),
    "megabytes of pictures": fine(outputs({**PICTURE, "data": {"image/png": "iVBOR" * 100_000}})),
    "megabytes of lines": fine(outputs({**STALE, "text": ["loss: 0.1234\n"] * 20_000})),
    "a widget's state": fine(metadata(widgets={"state": {"x": ["y" * 99] * 20_000}})),
    "another kernel's name": fine(
        metadata(kernelspec={"name": "conda-env-dl-py", "language": "python"}),
        "the kernel `conda-env-dl-py`",
    ),
    "no kernel": fine(metadata(kernelspec={})),
    "Colab's metadata": fine(metadata(colab={"provenance": []}, accelerator="GPU")),
    "a kernel of R": fine(metadata(kernelspec={"name": "ir", "language": "R"}), "the kernel `ir`"),
    "format 3": fine(version_3, "an old notebook format (3)"),
    "format 4.0": fine(both(ids(lambda _: None), fields(nbformat_minor=0))),
    "format 4.99": fine(fields(nbformat_minor=99)),
    "a script": fine(percent_script, "a Python script"),
    "a script that Jupyter exported": fine(exported_script, "a Python script"),
    "a script, checks deleted": said(
        both(delete(CHECK2), percent_script), "q2: no check cell; judged after"
    ),
    "a byte order mark": fine(as_bytes(lambda b: b"\xef\xbb\xbf" + b), "byte order mark"),
    "UTF-16": fine(as_bytes(lambda b: b.decode().encode("utf-16")), "UTF-16"),
    "UTF-32": fine(as_bytes(lambda b: b.decode().encode("utf-32")), "UTF-32"),
    "Windows-1252": fine(
        both(after(Q1, "# E1E"), as_bytes(lambda b: b.replace(b"E1E", b"\xe9"))),
        "Windows-1252",
    ),
    "white space around": fine(as_bytes(lambda b: b"\n\n " + b + b"\n \n")),
    "zeros at the end": fine(as_bytes(lambda b: b + bytes(4096))),
    "empty": refused(lambda _: b"", "the file is empty"),
    "blank": refused(lambda _: b" \n", "the file is empty"),
    "zeros": refused(lambda _: bytes(4096), "the file is empty"),
    "cut short": refused(as_bytes(lambda b: b[: len(b) // 2]), "cut short"),
    "beginning lost": refused(as_bytes(lambda b: b[100:]), "not JSON"),
    "twice in one file": refused(as_bytes(lambda b: b + b), "not JSON"),
    "a conflict": refused(
        as_bytes(lambda b: b.replace(b'"cells"', b'\n<<<<<<< HEAD\n"cells"', 1)), "conflict marks"
    ),
    "single quotes": refused(as_bytes(lambda b: b.replace(b'"', b"'")), "not JSON"),
    "a PDF": refused(lambda _: b"%PDF-1.7\n\xff", "a PDF"),
    "a web page": refused(lambda _: b"<!DOCTYPE html><html>", "a web page"),
    "an essay": refused(lambda _: b"My answer is 42.", "not JSON"),
    "a picture": refused(lambda _: b"\x89PNG\r\n", "a picture"),
    "bytes": refused(lambda _: bytes(range(256)), "not UTF-8"),
    "JSON of something else": refused(lambda _: b'{"a": 1}', "without `nbformat`"),
    "a list": refused(lambda _: b"[1, 2]", "without `nbformat`"),
    "no cells": refused(fields(cells=[]), "not of this assignment"),
    "cells that are none": refused(fields(cells=[1, 2]), "damaged notebook"),
    "format 99": refused(fields(nbformat=99), "damaged notebook"),
    "nested without end": refused(lambda _: b"[" * 100_000, "not JSON"),
    "nested in metadata": refused(
        lambda _: b'{"nbformat": 4, "metadata": ' + b"[" * 100_000, "not JSON"
    ),
    "another assignment": refused(
        other_notebook("import pandas as pd", "df = pd.DataFrame()"),
        "not of this assignment",
        "Ask for tiny.ipynb",
    ),
    "another assignment with a q1": refused(
        other_notebook(
            'import otter\ngrader = otter.Notebook("hw2.ipynb")', "slope = 2", 'grader.check("q1")'
        ),
        "not of this assignment",
    ),
    "an empty notebook": refused(other_notebook(""), "not of this assignment"),
    "only answers, in a notebook of one's own": said(
        other_notebook("import numpy as np\nanswer = 42\nsquares = np.arange(10) ** 2"),
        "q1: no check",
        "q2: no check",
        "q3: no check cell and no answer",
        points=(2, 3, 0),
    ),
    "brackets without end": Case(text(Q1, "(" * 9_000), (0, 3, 5)),
    "a line of a megabyte": fine(before(Q2, "x = '" + "a" * 1_000_000 + "'")),
    "spaces without end": said(  # the exception quotes the line
        after(EXPORT, "grader.export()" + " " * 1_000_000 + "x = ="), "output after the first"
    ),
}

CASES = {
    f"{group}: {name}": case
    for group, cases in {
        "cells": CELLS,
        "retyped": RETYPED,
        "checks": CHECKS,
        "platform": PLATFORM,
        "notebook": NOTEBOOKS,
    }.items()
    for name, case in cases.items()
}
