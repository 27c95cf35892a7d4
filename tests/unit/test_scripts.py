"""Shell is in files of its own, which shellcheck has read."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SHELL = re.compile(r"#!\S*/(env )?(ba|da)?sh\b")
FOLDERS = ("autograder", "benchmarks", "docs", "tests")


def scripts() -> list[Path]:
    """Files that begin as a shell script does."""
    files = [path for folder in (".ci", *FOLDERS) for path in (ROOT / folder).rglob("*")]
    return sorted(p for p in files if p.is_file() and SHELL.match(_beginning(p)))


def _beginning(path: Path) -> str:
    with path.open("rb") as stream:
        return stream.read(80).decode("utf-8", "replace")


SCRIPTS = scripts()


def test_the_scripts_are_known() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in SCRIPTS}
    assert {".ci/run", "autograder/gradescope/setup.sh"} <= names
    assert {"autograder/gradescope/run_autograder", "tests/attacks/ordinary.sh"} <= names


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_shellcheck_finds_nothing(script: Path) -> None:
    if shutil.which("shellcheck") is None:
        pytest.skip("shellcheck is not installed")
    done = subprocess.run(["shellcheck", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_script_hides_in_a_python_text() -> None:
    modules = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    assert len(modules) > 100
    hidden = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (SHELL.match(node.value) or re.search(r"^set -e", node.value, re.MULTILINE))
    ]
    assert hidden == [], "shell in a file of its own can be read by shellcheck"
