"""What a kernel sends is bounded: bytes, frames, what is kept of its output, the driver's memory."""

from __future__ import annotations

import socket
from typing import Any

import nbformat
import pytest
from jupyter_client import AsyncKernelManager
from jupyter_client.session import Session

from autograder.records import Limits
from autograder.sandbox import received
from autograder.sandbox.received import CappedClient, CountedSession, SentTooMuchError

LIMITS = Limits(20.0, 60.0, 2_000, 512, 10, 30.0)  # 10 kB of output in a cell
BIG = "y" * 20_000
KEY = b"key"


def message(kind: str, content: dict[str, Any], buffers: int = 0) -> list[bytes]:
    """Return a message as it arrives."""
    sender = Session(key=KEY)
    frames = sender.serialize(sender.msg(kind, content), ident=b"x")
    return [*frames, *[b"z" * 1_000] * buffers]


def arrives(session: CountedSession, frames: list[bytes]) -> dict[str, Any]:
    _, rest = session.feed_identities(frames)
    parsed: dict[str, Any] = session.deserialize(rest)
    return parsed


@pytest.fixture
def cell() -> Any:
    return nbformat.v4.new_code_cell("")


def client(cell: Any) -> CappedClient:
    notebook = nbformat.v4.new_notebook(cells=[cell])
    nbclient = CappedClient(notebook, AsyncKernelManager(), LIMITS)
    nbclient.clear_before_next_output = False  # as when a cell begins
    return nbclient


def says(to: CappedClient, cell: Any, kind: str, content: dict[str, Any]) -> None:
    session = CountedSession(key=KEY)
    to.process_message(arrives(session, message(kind, content)), cell, 0)


def test_a_message_is_as_large_as_its_parts() -> None:
    parsed = arrives(CountedSession(key=KEY), message("stream", {"text": BIG}, buffers=3))
    assert 23_000 < parsed["size"] < 23_100
    assert parsed["content"]["text"] == BIG


def test_too_many_frames_are_refused_and_nothing_comes_after_them() -> None:
    session = CountedSession(key=KEY)
    arrives(session, message("stream", {}, buffers=50))
    for frames in (message("stream", {}, buffers=100), message("stream", {})):
        with pytest.raises(SentTooMuchError):
            session.feed_identities(frames)


def test_too_many_bytes_are_refused_before_they_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(received, "MOST_BYTES", 50_000)
    session = CountedSession(key=KEY)
    arrives(session, message("stream", {"text": BIG}))
    arrives(session, message("stream", {"text": BIG}))
    with pytest.raises(SentTooMuchError):
        session.feed_identities([b"no message"] * 2_000)
    assert session.too_much


LARGE: dict[str, tuple[str, dict[str, Any]]] = {
    "text": ("stream", {"name": "stdout", "text": BIG}),
    "a stream's name": ("stream", {"name": BIG, "text": ""}),
    "metadata": ("display_data", {"data": {}, "metadata": {"x": BIG}}),
    "a result": ("execute_result", {"data": {"text/plain": BIG}, "execution_count": 1}),
    "a count": ("execute_result", {"data": {}, "metadata": {}, "execution_count": BIG}),
    "an identity": ("display_data", {"data": {}, "transient": {"display_id": BIG}}),
    "an update": ("update_display_data", {"data": {}, "transient": {"display_id": BIG}}),
    "a clearing": ("clear_output", {"wait": False, "execution_count": BIG}),
    "a state": ("status", {"execution_state": "busy", "execution_count": BIG}),
    "an input": ("execute_input", {"code": "", "execution_count": BIG}),
    "a widget": ("comm_open", {"comm_id": BIG, "target_name": BIG, "data": {"state": {"x": BIG}}}),
    "a widget's state": ("comm_msg", {"comm_id": "c", "data": {"state": {"x": BIG}}}),
    "a type": (BIG, {}),
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_too_large_is_not_kept(name: str, cell: Any) -> None:
    nbclient = client(cell)
    for _ in range(3):
        says(nbclient, cell, *LARGE[name])
    held = (cell, nbclient.widget_state, nbclient._display_id_map, nbclient.comm_objects)
    assert BIG not in str(held)


def test_that_a_cell_failed_is_known_whatever_it_printed(cell: Any) -> None:
    nbclient = client(cell)
    for _ in range(3):
        content = {"ename": "E", "evalue": BIG, "traceback": [BIG]}
        says(nbclient, cell, "error", content)
    (error,) = cell.outputs
    assert (error.ename, len(error.evalue), error.traceback) == ("E", 200, [])
    assert nbclient.cells_cut() == [0]


def test_over_all_cells_only_so_much_is_kept(cell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(received, "OUTPUTS_BYTES", 5_000)
    nbclient = client(cell)
    for _ in range(4):
        says(nbclient, cell, "stream", {"name": "stdout", "text": "x" * 2_000})
    assert len(cell.outputs) == 2
    assert nbclient.kept > received.OUTPUTS_BYTES


def test_progress_bars_count_by_the_character(cell: Any) -> None:
    nbclient = client(cell)
    says(nbclient, cell, "stream", {"name": "stdout", "text": "━" * 9_000})
    assert len(cell.outputs) == 1


@pytest.mark.parametrize("grows", [False, True])
def test_a_kernel_that_fills_the_drivers_memory_is_ended(
    grows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter([100.0, 120.0])
    monkeypatch.setattr(received, "_resident_mb", lambda: next(looks, 700.0 if grows else 500.0))
    session = CountedSession(key=KEY)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.settimeout(0.4)
        stop = received.end_when_memory_is_short(session, ours)
        if grows:
            assert theirs.recv(1) == b""
        else:
            with pytest.raises(TimeoutError):
                theirs.recv(1)
        stop()
    assert session.too_much is grows
