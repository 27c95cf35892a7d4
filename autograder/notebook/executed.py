"""Puts a notebook together again as it was executed: the student's cells with what they printed."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Sequence
from typing import Any

from autograder.files import printable
from autograder.records import CellText, Script

_SHOWN = 300


def executed(
    cells: Sequence[CellText],
    script: Script,
    outputs: Sequence[str],
    ended: str,
    handed_over: Container[str] = (),
) -> str:
    """Return the executed notebook as JSON, in the form that `records.Grade.executed` describes.

    `outputs` has the JSON of each piece that was begun; `ended` says why the others were not. What
    the student's file held of outputs and metadata is left out. After a question of `handed_over`
    its code may show what hidden cases gave it: those cells are `withheld` from the student.
    """
    knowing = next(
        (n for n, p in enumerate(script.pieces) if any(q in handed_over for q in p.checkpoints)),
        len(script.pieces),
    )
    shown = []
    of_cell: dict[int, list[int]] = {}
    for number, piece in enumerate(script.pieces):
        of_cell.setdefault(piece.cell, []).append(number)
    for index, cell in enumerate(cells):
        pieces = of_cell.get(index, [])
        questions = [q for n in pieces for q in script.pieces[n].checkpoints]
        if index == len(cells) - 1:
            questions += script.at_end
        metadata: dict[str, Any] = {"questions": list(dict.fromkeys(questions))}
        kind = "code" if pieces else cell.kind  # an answer may stand in a cell of text
        entry = {"cell_type": kind, "source": cell.source, "metadata": metadata}
        if kind == "code":
            entry["outputs"] = [out for n in pieces for out in _outputs(outputs, n)]
            if any(n > knowing for n in pieces):
                metadata["withheld"] = True
            if cell.skipped:
                metadata["skipped"] = cell.skipped
            elif pieces and pieces[0] >= len(outputs):
                metadata["skipped"] = ended or "not run"
        shown.append(entry)
    return json.dumps({"cells": shown})


def exceptions(executed_notebook: str) -> Iterator[tuple[int, str]]:
    """Yield the cells that raised, by index, with what they raised; nothing where none ran."""
    cells = json.loads(executed_notebook)["cells"] if executed_notebook else []
    for index, cell in enumerate(cells):
        for output in cell.get("outputs", []):
            if output.get("output_type") == "error":
                text = f"{output.get('ename')}: {output.get('evalue')}"
                yield index, printable(" ".join(text[:_SHOWN].split()))


def _outputs(outputs: Sequence[str], piece: int) -> Iterator[Any]:
    if piece < len(outputs):
        try:
            yield from json.loads(outputs[piece])
        except (ValueError, RecursionError):
            yield {"output_type": "stream", "name": "stderr", "text": "(output that is no output)"}
