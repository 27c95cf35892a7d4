"""Reads whatever was handed in as a notebook: JSON of any version and encoding, or a script.

What can be repaired without a doubt is repaired and said; all else is refused with what it is and
what to ask the student for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import nbformat

from autograder.errors import SubmissionError
from autograder.files import printable
from autograder.records import Problem

MAX_SCRIPT_BYTES = 300_000
MAX_SCRIPT_CELLS = 1_000
"""Jupytext needs some milliseconds for each."""
MAX_CELLS = 10_000
MAX_BRACKETS = 200_000
"""A list or an object takes half a kilobyte while a notebook is read."""
PARSED_OPERATORS = 30_000
"""Cells with more are not read as Python: each operator takes about a kilobyte."""
MAX_OPERATORS = 2 * PARSED_OPERATORS
"""In all cells that are read as Python."""
MAX_MAGIC_LINES = 3_000
"""IPython needs a millisecond for each."""
MAGIC_LINE = re.compile(r"^[ \t]*[!%?][^\n]*$", re.MULTILINE)
_OPERATOR = re.compile(r"[,(\[{+*/=;\n.:|&<>@^~-]")
_CELL = re.compile(r"^#[ \t]*(?:%%|In\[[\d ]{0,9}\])", re.MULTILINE)
_HEADER = re.compile(
    r"\A(?:#!.*\n)?(?:#.*coding[:=].*\n)?(?:[ \t]*\n)*+"
    r"(?:#[ \t]*---[ \t]*\n(?:#(?![ \t]*---[ \t]*$).*\n)*+#[ \t]*---[ \t]*\n)?",
    re.MULTILINE,
)
"""What stands above the cells of a script: two lines for the system, and Jupytext's YAML."""
_CONFLICT = re.compile(r"^(?:<<<<<<<|>>>>>>>) ", re.MULTILINE)
_ENCODINGS = {"utf-16": "UTF-16", "utf-32": "UTF-32"}
_OTHERS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip, or a file of an office program",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"<!doctype": "a web page",
    b"<html": "a web page",
}
"""What students hand in instead, by how it begins."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A notebook in version 4, and what had to be done to read it."""

    notebook: Any
    """As nbformat has it; in its cells' sources all lines end with a line feed."""
    remarks: tuple[str, ...]


def read(content: bytes) -> Opened:
    """Read a notebook or a script in percent form. Raises SubmissionError."""
    text, remarks = _text(content)
    text = _plain(text)
    if not text.lstrip().startswith("{") and _CELL.search(text):
        notebook = _script(text)
        remarks.append("a Python script; each of its `# %%` cells was taken as a cell")
    else:
        document = _document(text)
        notebook = _notebook(document)
        if document["nbformat"] < 4:
            remarks.append(f"an old notebook format ({document['nbformat']}); it was converted")
    for cell in notebook.cells:
        cell["source"] = _plain(cell.source)
    _limit(notebook)
    return Opened(notebook, (*remarks, *_oddities(notebook)))


def _plain(text: str) -> str:
    """Return a text with one kind of line end, and without halves of characters."""
    return printable(text.replace("\r\n", "\n").replace("\r", "\n"))


def operators(source: str) -> int:
    """Count what makes a parser work: what Python has between names, numbers and texts."""
    return sum(1 for _ in _OPERATOR.finditer(source))


def _refused(kind: str, ask: str, **found: str | int) -> SubmissionError:
    return SubmissionError(Problem(kind, found, ask))


def _limit(notebook: Any) -> None:
    """Refuse what would keep the grader busy or fill its memory before anything is run."""
    if len(notebook.cells) > MAX_CELLS:
        raise _refused("too many cells", "assignment's notebook", count=len(notebook.cells))
    counts = (operators(cell.source) for cell in notebook.cells)
    lines = sum(1 for cell in notebook.cells for _ in MAGIC_LINE.finditer(cell.source))
    if sum(n for n in counts if n <= PARSED_OPERATORS) > MAX_OPERATORS or lines > MAX_MAGIC_LINES:
        raise _refused("too much code", "without pasted data")


def _text(content: bytes) -> tuple[str, list[str]]:
    """Decode; what is not UTF-8 by the mark it begins with, else as Windows writes text."""
    start = content[:32].lstrip().lower()
    if not content.strip(b" \t\r\n\0"):
        raise _refused("empty file", "ipynb saved")
    for magic, what in _OTHERS.items():
        if start.startswith(magic.lower()):
            raise _refused("other file", "ipynb downloaded", what=what)
    encoding = json.detect_encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding not in ("utf-8", "utf-8-sig") or b"\0" in content:
            raise _refused("no text", "ipynb itself") from None
        text = content.decode("cp1252", "replace")
        return text, ["not UTF-8 text; it was read as Windows-1252, so some letters may be wrong"]
    if encoding == "utf-8-sig":
        return text, ["the file begins with a byte order mark, which was ignored"]
    wide = next((name for key, name in _ENCODINGS.items() if encoding.startswith(key)), "")
    return text.rstrip("\0"), [f"the file is {wide} text; it was converted"] if wide else []


def _document(text: str) -> dict[str, Any]:
    if text.count("{") + text.count("[") > MAX_BRACKETS:
        raise _refused("too many objects", "ipynb cleared")
    try:
        document = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        ask = "ipynb unedited"
        if _CONFLICT.search(text):
            ask = "ipynb without conflicts"
        elif str(error).startswith("Unterminated") or _at_end(error, text):
            ask = "ipynb whole"
        raise _refused("no JSON", ask, error=str(error)) from None
    if not isinstance(document, dict) or not isinstance(document.get("nbformat"), int):
        raise _refused("no nbformat", "ipynb")
    return document


def _at_end(error: Exception, text: str) -> bool:
    return isinstance(error, json.JSONDecodeError) and error.pos >= len(text.rstrip()) - 1


def _notebook(document: dict[str, Any]) -> Any:
    try:
        notebook = nbformat.reads(json.dumps(document), as_version=4)
        cells = [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]
        if not all(isinstance(metadata, dict) for _, _, metadata in cells):
            raise TypeError("a cell's metadata is no object")
        for cell, old in zip(notebook.cells, _old_cells(document), strict=False):
            if isinstance(old.get("id"), str):
                cell["id"] = old["id"]  # nbformat gives a copied cell another one, at random
            elif not isinstance(cell.get("id"), str):
                cell.pop("id", None)
    except Exception as error:  # noqa: BLE001 - nbformat raises whatever a damaged file provokes
        why = f"{type(error).__name__}: {str(error)[:120]}"
        raise _refused("damaged notebook", "saved again", error=why) from None
    if not all(isinstance(source, str) for _, source, _ in cells):
        raise _refused("source no text", "saved again")
    return notebook


def _old_cells(document: dict[str, Any]) -> list[Any]:
    """Return the cells as they were written, where they are those of the notebook."""
    return list(document["cells"]) if document["nbformat"] == 4 else []


def _script(text: str) -> Any:
    """Read a script whose cells begin with `# %%`, or `# In[1]:` as Jupyter exports them.

    Its header is never parsed: nothing needs it, and a few lines of YAML can fill any memory.
    Below a mark of its own, Jupytext takes nothing for a header.
    """
    text = _HEADER.sub("", text).lstrip("\n")
    if not _CELL.match(text):
        text = f"# %%\n{text}"
    if len(text) > MAX_SCRIPT_BYTES or len(_CELL.findall(text)) > MAX_SCRIPT_CELLS:
        raise _refused("script too long", "ipynb")
    import jupytext

    try:
        notebook = jupytext.reads(text, "py:percent")
    except Exception as error:  # noqa: BLE001 - Jupytext raises whatever a hostile header provokes
        why = f"{type(error).__name__}: {str(error)[:120]}"
        raise _refused("script unreadable", "ipynb", error=why) from None
    for number, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{number}"  # Jupytext's are random
    return notebook


def _oddities(notebook: Any) -> Iterator[str]:
    """Say what is unusual about a notebook and costs nothing."""
    ids = [cell.get("id") for cell in notebook.cells if isinstance(cell.get("id"), str)]
    if len(set(ids)) < len(ids):
        yield "cells with the same id; they were told apart by their place"
    spec = notebook.metadata.get("kernelspec") if isinstance(notebook.metadata, dict) else None
    name = spec.get("name") if isinstance(spec, dict) else None
    if isinstance(name, str) and name and name != "python3":
        yield f"made with the kernel `{name[:60]}`; it was run with the course's own"
