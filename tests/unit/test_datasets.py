"""Where a data set comes from, what is refused, and that the stand-in is always the same."""

from __future__ import annotations

import hashlib
import os
import stat
import struct
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.course import data as datasets
from autograder.errors import DataError

Arrays = dict[str, Any]


def blank() -> Arrays:
    return {name: np.zeros(shape, np.uint8) for name, shape in datasets.SHAPES.items()}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "blank.npz"
    np.savez_compressed(path, **blank())
    return path


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    environ = {"XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache"))}
    datasets.find("digits", environ)
    return environ


def offline(environ: Mapping[str, str]) -> None:
    raise DataError("no network")


def put_in_keras_cache(file: Path, home: Path) -> None:
    (home / "datasets").mkdir(parents=True)
    (home / "datasets" / "mnist.npz").symlink_to(file)


def test_the_first_source_there_is_wins(file: Path, tmp_path: Path) -> None:
    put_in_keras_cache(file, tmp_path / ".keras")
    other = tmp_path / "other.npz"
    other.symlink_to(file)
    environ = {"HOME": str(tmp_path), "AUTOGRADER_DATA": "~/other.npz"}
    assert datasets.find(str(file), environ).source == "--data blank.npz"
    assert datasets.find(None, environ).path == other
    for unset in ({}, {"AUTOGRADER_DATA": ""}):
        found = datasets.find(None, {"HOME": str(tmp_path), **unset}, download=offline)
        assert found.source == "Keras' cache"


@pytest.mark.parametrize("folder", [".keras", "elsewhere"])
def test_a_download_lands_in_keras_cache(file: Path, tmp_path: Path, folder: str) -> None:
    environ = {"HOME": str(tmp_path)}
    if folder != ".keras":
        environ["KERAS_HOME"] = str(tmp_path / folder)
    found = datasets.find(
        None, environ, download=lambda _: put_in_keras_cache(file, tmp_path / folder)
    )
    assert found.source == "Keras' download"
    assert found.path == tmp_path / folder / "datasets" / "mnist.npz"


def test_without_mnist_the_stand_in_is_offered_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(DataError) as caught:
        datasets.find(None, {"HOME": str(tmp_path)})
    for way in ("--data FILE", "AUTOGRADER_DATA", "--data digits"):
        assert way in str(caught.value)


def test_a_failed_download_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!{sys.executable}\nraise SystemExit('a\\nURL fetch failure')\n")
    python.chmod(stat.S_IRWXU)
    for executable, reason in ((python, "URL fetch failure"), (tmp_path / "gone", "gone")):
        monkeypatch.setattr(sys, "executable", str(executable))
        with pytest.raises(DataError, match=reason):
            datasets.download_with_keras({})


TAMPERED: dict[str, tuple[Callable[[Arrays], Arrays], str]] = {
    "array missing": (lambda a: a | {"y_test": None}, "no array y_test"),
    "too few images": (lambda a: a | {"x_test": a["x_test"][1:]}, r"x_test is uint8 \(9999, 28"),
    "flattened": (lambda a: a | {"x_train": a["x_train"].reshape(60000, 784)}, "x_train is"),
    "floats": (lambda a: a | {"x_train": np.zeros((60000, 28, 28), "f4")}, "x_train is float32"),
    "objects": (lambda a: a | {"y_train": np.array([None] * 60000)}, "[Oo]bject arrays"),
    "signed labels": (lambda a: a | {"y_test": np.zeros(10000, np.int8)}, "y_test is int8"),
    "label 10": (lambda a: a | {"y_test": np.full(10000, 10, np.uint8)}, "y_test has the label 10"),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_arrays_unlike_mnist_are_refused(case: str, tmp_path: Path) -> None:
    tamper, reason = TAMPERED[case]
    path = tmp_path / "bad.npz"
    np.savez(path, **{k: v for k, v in tamper(blank()).items() if v is not None})
    with pytest.raises(DataError, match=reason) as caught:
        datasets.find(str(path), {})
    assert str(path) in str(caught.value)
    assert "--data" in str(caught.value)


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "text": lambda _: b"<html>404</html>",
    "pickle": lambda _: b"\x80\x04N.",
    "cut short": lambda whole: whole[:-100],
    "beginning gone": lambda whole: whole[100:],
    "a byte turned": lambda whole: whole[:5000] + bytes([whole[5000] ^ 255]) + whole[5001:],
}


@pytest.mark.parametrize("case", DAMAGED)
def test_damaged_files_are_refused(case: str, file: Path, tmp_path: Path) -> None:
    path = tmp_path / "datasets" / "mnist.npz"
    path.parent.mkdir()
    path.write_bytes(DAMAGED[case](file.read_bytes()))
    with pytest.raises(DataError, match="delete it"):
        datasets.find(None, {"KERAS_HOME": str(tmp_path)}, download=offline)


@pytest.mark.parametrize(("name", "reason"), [("", "not a file"), ("gone.npz", "no such file")])
def test_paths_to_nothing_are_refused(name: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=reason):
        datasets.find(None, {"AUTOGRADER_DATA": str(tmp_path / name)})


def test_the_hash_is_of_the_content_not_of_the_packaging(file: Path, tmp_path: Path) -> None:
    plain, changed = tmp_path / "plain.npz", tmp_path / "changed.npz"
    arrays = blank()
    np.savez(plain, **arrays)
    arrays["x_test"][9999, 27, 27] = 1
    np.savez(changed, **arrays)
    packed, unpacked, other = (datasets.find(str(p), {}) for p in (file, plain, changed))
    assert packed.sha256 == unpacked.sha256 != other.sha256
    assert packed.name == other.name == "custom"


def test_the_stand_in_is_the_same_on_every_machine(cache: dict[str, str], tmp_path: Path) -> None:
    found = datasets.find(None, cache | {"AUTOGRADER_DATA": "digits"})
    assert (found.name, found.sha256) == ("digits", datasets.DIGITS_SHA256)
    copy = tmp_path / "copy.npz"
    copy.symlink_to(found.path)
    assert datasets.find(str(copy), {}).name == "digits"


def test_the_stand_in_is_in_mnist_form(cache: dict[str, str]) -> None:
    with np.load(datasets.find("digits", cache).path) as arrays:
        x_train, y_train, x_test, y_test = (arrays[name] for name in datasets.SHAPES)
    for labels in (y_train, y_test):
        shares = np.bincount(labels, minlength=10) / len(labels)
        assert 0.07 < shares.min() <= shares.max() < 0.13
    for images in (x_train, x_test):
        assert images.min() == 0 and images.max() == 255
        assert 0.1 < images.mean() / 255 < 0.2
        assert (images[:, 13:15, :].max(axis=(1, 2)) > 100).mean() > 0.95


def test_the_stand_in_tests_on_other_originals_than_it_trains_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[int] = []

    def numbers_only(fine: Any, chosen: Any, maps: Any) -> Any:
        drawn.extend(chosen.tolist())
        return np.zeros((len(chosen), 28, 28), np.uint8)

    monkeypatch.setattr(datasets, "_draw", numbers_only)
    datasets.make_digits()
    train, test = set(drawn[:60000]), set(drawn[60000:])
    assert not train & test
    assert train | test == set(range(1797))


def test_a_damaged_cache_is_made_anew(cache: dict[str, str]) -> None:
    path = datasets.find("digits", cache).path
    path.write_bytes(path.read_bytes()[:-1000])
    assert datasets.find("digits", cache).sha256 == datasets.DIGITS_SHA256
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_cache_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "autograder").write_text("a file where the folder should be")
    with pytest.raises(DataError, match="Set XDG_CACHE_HOME"):
        datasets.find("digits", {"XDG_CACHE_HOME": str(tmp_path)})


IDX_MD5 = {  # of the original files, header and bytes
    "x_train": "6bbc9ace898e44ae57da46a324031adb",
    "y_train": "a25bea736e30d166cdddb491f175f624",
    "x_test": "2646ac647ad5339dbf082846283269ea",
    "y_test": "27ae3e4e09519cfbb04c329615203637",
}


def test_mnist_is_known_by_its_content() -> None:
    try:
        found = datasets.find(None, os.environ, download=offline)
    except DataError as error:
        pytest.skip(f"MNIST is not here: {error}")
    if found.name == "digits":
        pytest.skip("MNIST is not here: AUTOGRADER_DATA is the stand-in")
    with np.load(found.path) as arrays:
        for name, shape in datasets.SHAPES.items():
            header = struct.pack(f">HBB{len(shape)}I", 0, 8, len(shape), *shape)
            md5 = hashlib.md5(header + arrays[name].tobytes()).hexdigest()
            assert (md5 == IDX_MD5[name]) == (found.name == "mnist"), name


def test_a_compressed_file_is_unpacked_once(tmp_path: Path) -> None:
    arrays = {name: np.zeros((2, *shape[1:]), np.uint8) for name, shape in datasets.SHAPES.items()}
    np.savez_compressed(tmp_path / "small.npz", **arrays)
    (tmp_path / "copy").mkdir()
    copy = datasets.unpacked(tmp_path / "small.npz", tmp_path / "copy")
    assert copy == tmp_path / "copy" / "small.npz"
    assert datasets.unpacked(copy, tmp_path) == copy
    with np.load(copy) as found:
        assert all((found[name] == arrays[name]).all() for name in datasets.SHAPES)
