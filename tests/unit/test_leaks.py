"""The fixture that fails a test which leaves something behind, on tests that do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEAKING = {
    "process": "KEPT.append(subprocess.Popen(['sleep', '20']))",
    "thread": "threading.Thread(target=threading.Event().wait, args=(60,), daemon=True).start()",
    "descriptor": "KEPT.append(socket.socket())",
    "folder": "tempfile.mkdtemp(prefix=scratch_prefix())",
}
CLEAN = {
    "ends what it starts": "subprocess.run(['true'])",
    "removes its folder": "tempfile.TemporaryDirectory(prefix=scratch_prefix()).cleanup()",
    "closes": "socket.socket().close()",
}
CONFTEST = """
import tests.leaks
from tests.conftest import nothing_left

tests.leaks.GRACE_SECONDS = 0.2
"""
HEAD = """
import socket, subprocess, tempfile, threading
from autograder.wall.zygote import scratch_prefix

KEPT = []
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of a file with all of these tests, in a process of its own."""
    folder = tmp_path_factory.mktemp("leaks")
    (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    bodies = {**LEAKING, **CLEAN}.items()
    tests = (f"def test_{name.replace(' ', '_')}(): {body}\n" for name, body in bodies)
    (folder / "test_it.py").write_text(HEAD + "".join(tests), encoding="utf-8")
    start = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import pytest; pytest.main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", start, "-v", "-p", "no:cacheprovider", "test_it.py"]
    environment = {"PATH": "/usr/bin:/bin", "TMPDIR": str(folder)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("kind", LEAKING)
def test_a_test_that_leaves_something_behind_fails(kind: str, said: str) -> None:
    assert f"test_it.py::test_{kind} ERROR" in said
    assert f"left behind: {kind} " in said


@pytest.mark.parametrize("kind", CLEAN)
def test_a_test_that_leaves_nothing_passes(kind: str, said: str) -> None:
    """Nor is it to blame for what the tests before it left."""
    name = f"test_it.py::test_{kind.replace(' ', '_')}"
    assert f"{name} PASSED" in said and f"{name} ERROR" not in said
