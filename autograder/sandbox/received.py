"""Bounds what a kernel may send: each byte counts before it is parsed, and so does what is kept."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jupyter_client.session import Session
from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder.records import Limits

MOST_BYTES = 1 << 30
"""What all messages of one notebook may hold; printing in an endless loop stays far below."""
MOST_FRAMES = 64
"""Of one message; Jupyter's have seven, and one for each buffer of a widget."""
MOST_GROWTH_MB = 512
"""How much memory a kernel may cost its driver."""
OUTPUTS_BYTES = 16 << 20
"""What is kept of all that a notebook prints and shows."""
_EACH = 100
"""What an output costs besides its text."""
_KEPT = {"stream", "display_data", "execute_result", "update_display_data", "error", "clear_output"}
_LOOK_SECONDS = 0.05
_PAGE = os.sysconf("SC_PAGE_SIZE")


class SentTooMuchError(Exception):
    """The kernel has sent more than any notebook needs."""


class CountedSession(Session):  # type: ignore[misc]
    """Jupyter's session, which refuses what is too much before any of it is parsed."""

    received = 0
    too_much = False
    """Whether the kernel has sent too much; it stays so."""

    def feed_identities(self, msg_list: list[bytes], copy: bool = True) -> Any:
        """Split off a message's first frames. Raises SentTooMuchError."""
        self.received += sum(map(len, msg_list)) + _EACH * len(msg_list)
        if self.received > MOST_BYTES or len(msg_list) > MOST_FRAMES:
            self.too_much = True
        if self.too_much:
            raise SentTooMuchError
        return super().feed_identities(msg_list, copy)

    def deserialize(self, msg_list: list[bytes], content: bool = True, copy: bool = True) -> Any:
        """Parse a message; its `size` is that of metadata, content and buffers, in bytes."""
        return {
            **super().deserialize(msg_list, content, copy),
            "size": sum(map(len, msg_list[3:])),
        }


def end_when_memory_is_short(session: CountedSession, guard: socket.socket) -> Callable[[], None]:
    """Have the guard end its kernel when that has filled this process' memory.

    ZeroMQ keeps a message's frames until the last one has arrived, which need not come. Returns
    what stops watching.
    """
    before, over = _resident_mb(), threading.Event()

    def watch() -> None:
        while not over.wait(_LOOK_SECONDS):
            if _resident_mb() - before > MOST_GROWTH_MB:
                session.too_much = True
                guard.shutdown(socket.SHUT_WR)
                return

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()

    def stop() -> None:
        over.set()
        thread.join()

    return stop


def _resident_mb() -> float:
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 2**20
    except OSError:  # a system that does not tell; nothing is confined there either
        return 0.0


class CappedClient(NotebookClient):  # type: ignore[misc]
    """nbclient with a cap on what is kept of a cell's output, and of that of all cells."""

    def __init__(self, notebook: NotebookNode, manager: Any, limits: Limits) -> None:
        super().__init__(
            notebook,
            km=manager,
            timeout=limits.cell_seconds,
            allow_errors=True,
            iopub_timeout=4,
            shell_timeout_interval=1,
            store_widget_state=False,
            record_timing=False,  # the times would be the kernel's own words
        )
        self._cap = limits.cell_output_kb << 10
        self._used: dict[int, int] = {}
        self.kept = 0
        """Bytes of all output so far, without what was dropped."""
        self.raised: set[int] = set()
        """Indices of the cells that the kernel says raised: not all show it as an error."""
        self.on_cell_error = self._note
        self.heard: set[int] = set()
        """Indices of the cells whose output has arrived to its end."""

    def _note(self, cell_index: int, **_: object) -> None:
        self.raised.add(cell_index)

    def process_message(self, msg: Any, cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        """Drop what is no output, and the output of a cell that has printed too much."""
        kind, content = msg["msg_type"], msg["content"]
        if kind == "status":
            msg["content"] = {"execution_state": content["execution_state"]}
            if content["execution_state"] == "idle":
                self.heard.add(cell_index)
        elif kind not in _KEPT:
            return None
        elif not self._fits(kind, msg["size"], content, cell_index):
            if kind != "error" or any(each.output_type == "error" for each in cell.outputs):
                return None
            short = {name: str(content.get(name))[:200] for name in ("ename", "evalue")}
            msg["content"] = {**short, "traceback": []}  # that the cell failed must be known
        output: NotebookNode | None = super().process_message(msg, cell, cell_index)
        return output

    def _fits(self, kind: str, size: int, content: Any, cell_index: int) -> bool:
        """Count an output; say whether it is kept."""
        if kind == "stream":  # as people count: progress bars are of characters of three bytes
            size = len(str(content.get("text", ""))) + len(str(content.get("name", "")))
        used = self._used[cell_index] = self._used.get(cell_index, 0) + size + _EACH
        if used > self._cap:
            return False
        self.kept += size + _EACH
        return self.kept <= OUTPUTS_BYTES

    def leave_displays(self) -> None:
        """Let nothing that comes from now on change what was shown until now."""
        self._display_id_map: dict[str, dict[str, Any]] = {}

    def cells_cut(self) -> list[int]:
        """Indices of the cells whose output was cut."""
        return [index for index, used in self._used.items() if used > self._cap]
