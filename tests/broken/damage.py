"""Small functions that damage a good notebook, as students and their programs do."""

from __future__ import annotations

import copy
import json
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import nbformat

from autograder.course.config import Assignment
from autograder.notebook.read import read

Damage = Callable[[Any], Any]
"""Takes the good notebook, returns a damaged one, or bytes."""

TITLE, COLAB, INIT, IMPORTS = 0, 1, 2, 3
Q1, CHECK1, Q2, CHECK2, Q3, CHECK3 = 5, 6, 8, 9, 11, 12
EXPORT = 14
ANSWERS = {
    Q1: "answer = 6 * 7",
    Q2: 'squares = np.arange(10, dtype="float32") ** 2',
    Q3: "import keras\n\n"
    "network = keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(3)])",
}


def good(tiny: Assignment) -> Any:
    """The notebook that students get, with all answers: ids and tags are those handed out."""
    notebook = read((tiny.student / tiny.notebook_name).read_bytes()).notebook
    for index, source in ANSWERS.items():
        assert "otter_answer_cell" in notebook.cells[index].metadata.get("tags", [])
        notebook.cells[index].source = source
    for index, question in ((CHECK1, "q1"), (CHECK2, "q2"), (CHECK3, "q3")):
        assert notebook.cells[index].source == f'grader.check("{question}")'
    assert "grader.export" in notebook.cells[EXPORT].source
    return notebook


def code(source: str) -> Any:
    return nbformat.v4.new_code_cell(source, id=f"own-{zlib.crc32(source.encode())}")


def text(index: int, source: str) -> Damage:
    """Write something else into a cell."""

    def damage(notebook: Any) -> Any:
        notebook.cells[index].source = source
        return notebook

    return damage


def before(index: int, addition: str) -> Damage:
    """Write something above what a cell holds."""
    return lambda n: text(index, f"{addition}\n{n.cells[index].source}")(n)


def after(index: int, addition: str) -> Damage:
    return lambda n: text(index, f"{n.cells[index].source}\n{addition}")(n)


def insert(index: int, *sources: str) -> Damage:
    """Put cells of one's own before a cell."""

    def damage(notebook: Any) -> Any:
        notebook.cells[index:index] = [code(source) for source in sources]
        return notebook

    return damage


def delete(*indices: int) -> Damage:
    def damage(notebook: Any) -> Any:
        notebook.cells = [cell for i, cell in enumerate(notebook.cells) if i not in indices]
        return notebook

    return damage


def duplicate(*indices: int) -> Damage:
    """Copy cells to just behind themselves, ids and all."""

    def damage(notebook: Any) -> Any:
        for index in sorted(indices, reverse=True):
            notebook.cells.insert(index + 1, copy.deepcopy(notebook.cells[index]))
        return notebook

    return damage


def pasted_below(notebook: Any) -> Any:
    """Paste the whole notebook below itself."""
    notebook.cells.extend(copy.deepcopy(notebook.cells))
    return notebook


def varied(index: int, **changes: Any) -> Damage:
    """Put a copy of a cell above it, with some of its fields changed."""

    def damage(notebook: Any) -> Any:
        cell = notebook.cells[index]
        notebook.cells.insert(index, nbformat.from_dict({**copy.deepcopy(cell), **changes}))
        return notebook

    return damage


def merge(first: int, last: int) -> Damage:
    """Merge the code cells of a range into its first cell, as Jupyter does."""

    def damage(notebook: Any) -> Any:
        cells = notebook.cells[first : last + 1]
        merged = cells[0]
        merged.source = "\n\n".join(c.source for c in cells if c.cell_type == "code")
        merged.cell_type = "code"
        merged.update({"outputs": [], "execution_count": None})
        notebook.cells[first : last + 1] = [merged]
        return notebook

    return damage


def order(*indices: int) -> Damage:
    """Put these cells first, in this order; the others follow."""

    def damage(notebook: Any) -> Any:
        rest = [i for i in range(len(notebook.cells)) if i not in indices]
        notebook.cells = [notebook.cells[i] for i in (*indices, *rest)]
        return notebook

    return damage


def retype(kind: str, *indices: int, keep_ids: bool = True) -> Damage:
    """Turn cells into markdown or raw ones."""

    def damage(notebook: Any) -> Any:
        for index in indices:
            old = notebook.cells[index]
            make = nbformat.v4.new_raw_cell if kind == "raw" else nbformat.v4.new_markdown_cell
            notebook.cells[index] = make(old.source, id=old.id if keep_ids else f"new-{index}")
        return notebook

    return damage


def ids(name: Callable[[int], str | None]) -> Damage:
    """Give all cells other ids, or none."""

    def damage(notebook: Any) -> Any:
        for index, cell in enumerate(notebook.cells):
            cell.pop("id", None)
            if (new := name(index)) is not None:
                cell["id"] = new
        return notebook

    return damage


def tags(index: int, value: object) -> Damage:
    """Put something in the place of a cell's tags."""

    def damage(notebook: Any) -> Any:
        notebook.cells[index].metadata["tags"] = value
        return notebook

    return damage


def without_number(index: int) -> Damage:
    """Take away which execution a cell was."""

    def damage(notebook: Any) -> Any:
        notebook.cells[index].pop("execution_count", None)
        return notebook

    return damage


def without_tags(notebook: Any) -> Any:
    for cell in notebook.cells:
        cell.metadata = {}
    return notebook


def fields(**changes: Any) -> Damage:
    """Change the notebook's own fields."""
    return lambda notebook: {**notebook, **changes}


def grader_of(arguments: str) -> Damage:
    """Start the grader with other arguments."""
    return text(INIT, f"import otter\ngrader = otter.Notebook({arguments})")


def metadata(**changes: Any) -> Damage:
    def damage(notebook: Any) -> Any:
        notebook.metadata = {**notebook.metadata, **changes}
        return notebook

    return damage


def outputs(*found: Any) -> Damage:
    """Leave these outputs in every code cell."""

    def damage(notebook: Any) -> Any:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell["outputs"] = [copy.deepcopy(each) for each in found]
        return notebook

    return damage


def both(*damages: Damage) -> Damage:
    """Do one after the other."""

    def damage(notebook: Any) -> Any:
        for each in damages:
            notebook = each(notebook)
        return notebook

    return damage


def as_bytes(change: Callable[[bytes], bytes]) -> Damage:
    """Change the file itself."""
    return lambda notebook: change(to_bytes(notebook))


def to_bytes(notebook: Any) -> bytes:
    if isinstance(notebook, bytes):
        return notebook
    return json.dumps(notebook, ensure_ascii=False).encode("utf-8", "surrogatepass")


def version_3(notebook: Any) -> Any:
    cells: list[dict[str, Any]] = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            plain = {"input": cell.source, "language": "python", "outputs": [], "collapsed": False}
            cells.append({"cell_type": "code", "metadata": {}, **plain})
        else:
            cells.append({"cell_type": "markdown", "metadata": {}, "source": cell.source})
    return {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": cells, "metadata": {}}],
    }


def percent_script(notebook: Any) -> bytes:
    parts = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            parts.append(f"# %%\n{cell.source}\n")
        else:
            parts.append("# %% [markdown]\n" + "".join(f"# {x}\n" for x in cell.source.split("\n")))
    return "\n".join(parts).encode()


def exported_script(notebook: Any) -> bytes:
    """What Jupyter's "Save as executable script" writes."""
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    parts = [f"# In[{number}]:\n\n\n{source}\n" for number, source in enumerate(cells, 1)]
    return ("#!/usr/bin/env python\n# coding: utf-8\n\n" + "\n\n".join(parts)).encode()


def other_notebook(*sources: str) -> Damage:
    return lambda _: nbformat.v4.new_notebook(cells=[code(source) for source in sources])


def split(index: int, sources: Sequence[str]) -> Damage:
    """Split a cell; its id stays with the first part."""
    return both(insert(index + 1, *sources[1:]), text(index, sources[0]))
