"""Writes the variables that a question's tests ask for, from inside the student's process.

The file is sent to the kernel as text, below that of `wall.values`, and runs in a namespace of its
own: it imports nothing else of ours, and the names that the student's code uses are not touched.
What it writes is a claim that the judge's `wire` decodes.
"""

from __future__ import annotations

import json
import os

from autograder.sandbox.handles import Table
from autograder.sandbox.serving import serve
from autograder.wall.values import Writer


def capture(namespace: dict[str, object], names: list[str], folder: str, door: str = "") -> None:
    """Write those of `names` that `namespace` has, as one checkpoint, into the new `folder`.

    What does not cross stays, and the judge's requests for it are answered on a connection to
    the socket `door`; where that is empty, nobody asks.
    """
    mask = os.umask(0o022)  # the judge is another user
    os.mkdir(folder)  # noqa: PTH102
    table = Table()
    writer, values = Writer(folder, table.node if door else None), {}
    for name in names:
        if name not in namespace:
            continue
        try:
            values[name] = writer.node(namespace[name])
        except Exception:  # noqa: BLE001 - a value that fails to be read crosses as its type
            values[name] = writer.other(namespace[name])
    path = os.path.join(folder, "manifest.json")  # noqa: PTH118
    with open(path, "w", encoding="utf-8", errors="surrogatepass") as file:  # noqa: PTH123
        json.dump({"version": 1, "values": values}, file)
    os.umask(mask)
    if table.objects:
        serve(namespace, table, door)
