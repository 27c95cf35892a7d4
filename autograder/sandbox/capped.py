"""nbclient, as it is for a kernel that may print without end."""

from __future__ import annotations

from typing import Any

from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder.records import Limits


class CappedClient(NotebookClient):  # type: ignore[misc]
    """nbclient with a cap on what one cell may print."""

    def __init__(self, notebook: NotebookNode, manager: AsyncKernelManager, limits: Limits) -> None:
        super().__init__(
            notebook,
            km=manager,
            timeout=limits.cell_seconds,
            allow_errors=True,
            iopub_timeout=4,
            shell_timeout_interval=1,
        )
        self._cap = limits.cell_output_kb << 10
        self._used: dict[int, int] = {}
        self.raised: set[int] = set()
        """Indices of the cells that the kernel says raised: not all show it as an error."""
        self.on_cell_error = self._note
        self.heard: set[int] = set()
        """Indices of the cells whose output has arrived to its end."""

    def _note(self, cell_index: int, **_: object) -> None:
        self.raised.add(cell_index)

    def process_message(self, msg: Any, cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        """Drop the output of a cell that has printed too much."""
        if msg["msg_type"] == "status" and msg["content"]["execution_state"] == "idle":
            self.heard.add(cell_index)
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "update_display_data"):
            content = msg["content"]
            size = len(str(content.get("text", ""))) + sum(
                len(str(part)) for part in dict(content.get("data", {})).values()
            )
            used = self._used[cell_index] = self._used.get(cell_index, 0) + size
            if used > self._cap:
                return None
        output: NotebookNode | None = super().process_message(msg, cell, cell_index)
        return output

    def cells_cut(self) -> list[int]:
        """Indices of the cells whose output was cut."""
        return [index for index, used in self._used.items() if used > self._cap]
