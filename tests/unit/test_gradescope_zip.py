"""The zip for Gradescope: what is in it, that its scripts parse, and that its package installs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import autograder
from autograder.course.config import Course, built_folder
from autograder.gradescope import bundle
from tests.unit.test_exports import gradescope_reads

PACKAGE = Path(autograder.__file__).parent


@pytest.fixture(scope="module")
def unpacked(tiny_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zip")
    with zipfile.ZipFile(bundle.write(tiny_course, "tiny")) as archive:
        archive.extractall(folder)
    return folder


def test_what_is_in_it(tiny_course: Course) -> None:
    with zipfile.ZipFile(bundle.write(tiny_course, "tiny")) as archive:
        names = archive.namelist()
        modes = {each.filename: each.external_attr >> 16 for each in archive.infolist()}
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names == sorted(names)
    (wheel,) = [name for name in names if name.endswith(".whl")]
    built = "course/dist/tiny"
    assert {"setup.sh", "run_autograder", wheel, "course/otter_config.json"} <= set(names)
    assert {
        f"{built}/plan.json",
        f"{built}/student/tiny.ipynb",
        f"{built}/staff/judging.py",
    } <= set(names)
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    assert modes[wheel] == 0o644


def test_tested_versions_go_with_it(tiny_course: Course, tmp_path: Path) -> None:
    shutil.copytree(built_folder(tiny_course, "tiny"), tmp_path / "dist" / "tiny")
    shutil.copy(tiny_course.root / "otter_config.json", tmp_path)
    (tmp_path / "constraints.txt").write_text("numpy==2\n", encoding="utf-8")
    path = bundle.write(Course(tmp_path, tiny_course.settings), "tiny")
    with zipfile.ZipFile(path) as archive:
        assert archive.read("constraints.txt") == b"numpy==2\n"


def test_the_result_that_is_there_first_has_no_score(unpacked: Path) -> None:
    script = (unpacked / "run_autograder").read_text(encoding="utf-8")
    text = script.partition("<<'END'\n")[2].partition("\nEND\n")[0]
    assert gradescope_reads(text) is None
    assert "not a zero" in json.loads(text)["output"]


def test_the_package_installs_and_is_this_one(unpacked: Path, tmp_path: Path) -> None:
    (wheel,) = unpacked.glob("*.whl")
    options = ["--no-deps", "--no-index", "--no-compile", "--target", tmp_path]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", *options, wheel]
    subprocess.run(list(map(str, pip)), check=True)
    sources = {p.relative_to(PACKAGE): p.read_bytes() for p in PACKAGE.rglob("*.py")}
    assert len(sources) > 40
    assert sources == {
        p.relative_to(tmp_path / "autograder"): p.read_bytes()
        for p in (tmp_path / "autograder").rglob("*.py")
    }
    for name in ("reports/base.css", "gradescope/setup.sh", "gradescope/run_autograder"):
        assert (tmp_path / "autograder" / name).read_bytes() == (PACKAGE / name).read_bytes()
    code = (
        "import autograder.cli.container, importlib.metadata as m;"
        "d = m.distribution('autograder');"
        "print(autograder.__file__, *sorted(e.name for e in d.entry_points))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [
        str(tmp_path / "autograder" / "__init__.py"),
        "autograder",
        "autograder-confined",
    ]
