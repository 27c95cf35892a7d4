"""Asks a kernel about the exception that its last cell raised, and reads what it claims.

IPython keeps it in `sys` for debuggers. The answer is hostile: anything else than a short list of
the right kinds counts as none.
"""

from __future__ import annotations

import ast
import json
from typing import Any

from autograder.records import CellError

_MOST = 20_000
_TEXT = 1_000
_SOURCE = f"""
import json, sys
frames, error = sys.last_traceback, sys.last_value
sys.last_traceback = sys.last_value = sys.last_type = None
places = []
while frames is not None:
    code = frames.tb_frame.f_code
    if frames.tb_frame.f_globals is namespace and code.co_name.startswith(("<module>", "<cell")):
        places.append(list(code.co_positions())[frames.tb_lasti // 2])
    frames = frames.tb_next
place = places[-1 if below_a_magic else 0] if places else (0, 0, -1, -1)
line, column = place[0] or 0, -1 if place[2] is None else place[2]
claim = json.dumps([type(error).__name__[:100], str(error)[:{_TEXT}], line, column])
"""


def question(*, below_a_magic: bool) -> str:
    """Return the expression to evaluate in the kernel.

    Of nested runs, that of the cell itself counts, or below a cell magic the innermost one.
    """
    return (
        "(lambda b, g: b.exec(" + repr(_SOURCE) + ", g) or g['claim'])(__import__('builtins'), "
        f"{{'namespace': __import__('builtins').globals(), 'below_a_magic': {below_a_magic}}})"
    )


def answer(content: Any) -> CellError | None:
    """Return what a kernel's reply claims; None where it claims nothing."""
    try:
        text = content["user_expressions"]["raised"]["data"]["text/plain"]
        if len(text) > _MOST:
            return None
        kind, said, line, column = json.loads(ast.literal_eval(text))
    except Exception:  # noqa: BLE001 - what a hostile kernel puts into a reply
        return None
    kinds = [(kind, str), (said, str), (line, int), (column, int)]
    if not all(type(value) is expected for value, expected in kinds):
        return None
    return CellError(kind, said.encode(errors="replace").decode(), line, column)
