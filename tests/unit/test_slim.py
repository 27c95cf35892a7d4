"""Outputs are cut out of a notebook's bytes as they come by, and nothing else is."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import KitError, SubmissionError
from autograder.intake.collect import collect
from autograder.reader import zips
from autograder.reader.strip_outputs import without_outputs
from tests.conftest import content_of

CUT = ("outputs", "attachments", "widgets")
TEXT = st.text(alphabet='ab"\\{}[]:,é\n ', max_size=8) | st.sampled_from(CUT)
JSON = st.recursive(
    st.none() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=20,
)


def emptied(value: Any) -> Any:
    """What must come out: the same, with the values of those keys emptied."""
    if isinstance(value, list):
        return [emptied(each) for each in value]
    if isinstance(value, dict):
        return {
            key: type(each)() if key in CUT and isinstance(each, list | dict) else emptied(each)
            for key, each in value.items()
        }
    return value


@given(JSON, st.integers(1, 40), st.sampled_from([None, 1]))
def test_any_json_in_pieces_of_any_size(value: Any, size: int, indent: int | None) -> None:
    raw = json.dumps(value, indent=indent, ensure_ascii=False).encode()
    chunks = [raw[at : at + size] for at in range(0, len(raw), size)]
    assert json.loads(b"".join(without_outputs(chunks))) == emptied(value)


@given(st.binary(max_size=60), st.integers(1, 9))
def test_any_bytes_end(raw: bytes, size: int) -> None:
    chunks = [raw[at : at + size] for at in range(0, len(raw), size)]
    assert b"".join(without_outputs(chunks)) == b"".join(without_outputs([raw]))


def test_half_a_gigabyte_takes_little_memory() -> None:
    def chunks() -> Iterator[bytes]:
        yield b'{"cells": [{"source": "x", "outputs": [{"text": ['
        for _ in range(512):
            yield b'"loss: 0.1234\\n", ' * (1 << 20 >> 4)
        yield b'""]}]}]}'

    tracemalloc.start()
    kept = b"".join(without_outputs(chunks()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept == b'{"cells": [{"source": "x", "outputs": []}]}'
    assert peak < 20 << 20


def notebook(outputs: int, source: int) -> bytes:
    cell = {"outputs": ["x" * outputs], "source": "y" * source}
    return json.dumps({"cells": [cell]}).encode()


def test_a_large_notebook_is_read_without_its_outputs(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(notebook(3 << 20, 9))
    (one,) = collect([tmp_path])
    assert json.loads(content_of(one)) == {"cells": [{"outputs": [], "source": "y" * 9}]}
    assert one.size > 3 << 20


def test_a_large_notebook_without_outputs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(notebook(9, zips.MAX_KEPT))
    (one,) = collect([tmp_path])
    with pytest.raises(SubmissionError, match=r"even without outputs\. Ask"):
        content_of(one)


@pytest.mark.parametrize("change", ["other", "gone"])
@pytest.mark.parametrize("name", ["a.ipynb", "a.zip"])
def test_a_file_that_changed_meanwhile_is_our_fault(change: str, name: str, tmp_path: Path) -> None:
    from tests.unit.test_intake import zipped

    path = tmp_path / name
    path.write_bytes(zipped("n.ipynb", content=b"one") if name == "a.zip" else b"one")
    (one,) = collect([tmp_path])
    if change == "gone":
        path.unlink()
    else:
        path.write_bytes(zipped("n.ipynb", content=b"two") if name == "a.zip" else b"two")
    with pytest.raises(KitError, match="changed while it was graded"):
        content_of(one)
