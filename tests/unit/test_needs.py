"""What an assignment needs: its `kit.toml`, what it imports, what lies beside its notebook."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from autograder.course import data as datasets
from autograder.course import needs
from autograder.course.config import Assignment, Course
from autograder.course.imports import imports
from autograder.course.needs import Needs, read_kit
from autograder.errors import ConfigError, UsageError
from autograder.wall import supplies
from tests.conftest import ROOT

RIGHT = [
    ("", Needs()),
    ('data = "mnist"', Needs(data="mnist")),
    ('data = "mnist"\ndata_file = "mnist.npz"', Needs(data="mnist", data_file="mnist.npz")),
]
WRONG = [
    ("data = ", "not TOML"),
    ("dates = 1", "unknown key `dates`. Known keys: data, "),
    ('data = "cifar10"', "no data set 'cifar10' here; there is: mnist. Other data: put the file"),
    ("data = 1", "no data set 1 here"),
    ('data_file = "mnist.npz"', "`data_file` must be"),
    ('data = "mnist"\ndata_file = "../mnist.npz"', "`data_file` must be"),
    ('data = "mnist"\ndata_file = 1', "`data_file` must be"),
]


@pytest.mark.parametrize(("text", "expected"), RIGHT)
def test_a_kit_file_says_what_is_needed(text: str, expected: Needs, tmp_path: Path) -> None:
    (tmp_path / needs.KIT_FILE).write_text(text, encoding="utf-8")
    assert read_kit(tmp_path) == expected


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_a_wrong_one_is_refused_by_name(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / needs.KIT_FILE
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_kit(tmp_path)
    assert str(caught.value).startswith(f"{path}: ") and words in str(caught.value)


def test_without_one_nothing_is_needed(tmp_path: Path) -> None:
    assert read_kit(tmp_path) == Needs()


def test_the_kits_own_assignment_needs_mnist() -> None:
    assert read_kit(ROOT / "solutions" / "mnist").data == "mnist"


def test_what_a_solution_and_its_tests_import(tiny: Assignment) -> None:
    assert tiny.needs.imports == ("keras", "numpy")  # `judging` lies beside them
    assert imports(tiny.staff, tiny.notebook_name) == tiny.needs.imports


def test_modules_within_packages_are_imported_before_any_fork(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    code = "from email import mime\nfrom sklearn.tree import DecisionTreeClassifier as Tree\n"
    (tmp_path / "tests" / "q1.py").write_text(code, encoding="utf-8")
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}
    (tmp_path / "a.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    own = Needs(imports=imports(tmp_path, "a.ipynb"))
    assert own.imports == ("sklearn.tree.DecisionTreeClassifier",)
    assert own.modules == ("sklearn",)
    sys.modules.pop("wsgiref.util", None)
    supplies.import_modules(("wsgiref.util.Nothing", "nowhere_a"))
    assert "wsgiref.util" in sys.modules


def test_a_changed_kit_file_has_the_assignment_built_anew(
    tiny_course: Course, tiny: Assignment
) -> None:
    from autograder.course import build

    before = build._source_hash(tiny_course, "tiny")
    path = tiny_course.root / "solutions" / "tiny" / needs.KIT_FILE
    path.write_text('data = "mnist"', encoding="utf-8")
    try:
        assert build._source_hash(tiny_course, "tiny") != before
    finally:
        path.unlink()


def test_a_data_set_is_looked_for_only_where_one_is_needed() -> None:
    def of(own: Needs, choice: str | None) -> object:
        return datasets.of_assignment("a", own, choice, {"AUTOGRADER_DATA": "/gone.npz"})

    assert of(Needs(), None) is None
    with pytest.raises(UsageError, match=r"`a` needs no data set.*solutions/a/kit\.toml"):
        of(Needs(), "x.npz")
    with pytest.raises(Exception, match=r"gone\.npz"):
        of(Needs(data="mnist"), None)
