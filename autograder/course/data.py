"""MNIST from a file, Keras' cache or a download, or the stand-in; what was used is on record.

Every data set here is an `.npz` file with the four arrays of `keras.datasets.mnist`: uint8, pixels
0 (black) to 255 (white), labels 0 to 9, in the shapes of `SHAPES`.

The stand-in, "digits", is for a machine with neither a network nor MNIST: the 1,797 handwritten
digits that ship with scikit-learn (8 × 8 pixels, from the UCI set "Optical Recognition of
Handwritten Digits"), each drawn many times at 28 × 28, every time turned, scaled and shifted a
little. It is used only where it is asked for by name.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.course.needs import DATA_SETS, KIT_FILE, Needs
from autograder.errors import DataError, UsageError

SHAPES: dict[str, tuple[int, ...]] = {
    "x_train": (60000, 28, 28),
    "y_train": (60000,),
    "x_test": (10000, 28, 28),
    "y_test": (10000,),
}
# `find(FILE, {}).sha256` of the original arrays (a test holds them against the MD5s that are known
# of MNIST's own files), and of the stand-in.
MNIST_SHA256 = "796354bf1a5bdb3f752e23f487245288f2c35b1e0bc343e07448cffbb5f56624"
DIGITS_SHA256 = "06327090e4e4249e3e7fae83565601e5996049370212399d98e0da7b30cfac82"
DIGITS = "digits"
DIGITS_FILE = "digits-v1.npz"  # raise the number when the bytes change
VARIABLE = "AUTOGRADER_DATA"
WAYS_ON = (
    f"Give MNIST's mnist.npz with --data FILE or in {VARIABLE}, "
    f"or use the stand-in with --data {DIGITS}."
)
DOWNLOAD_SECONDS = 600

# How the stand-in is drawn: so that a network of 512 relu and 10 softmax (rmsprop, batches of 128,
# 5 epochs) learns it about as it learns MNIST. Over 10 seeds: untrained 0.07 to 0.15, test accuracy
# after one epoch 0.946 to 0.960, after five 0.9782 to 0.9845 (mean 0.981), training 0.995 by then.
SEED = 1
TEST_ORIGINALS = 450  # of 1,797
DIGIT_SIDE = 20  # pixels of 28 that an original fills, as in MNIST
MARGIN = 2  # empty pixels round an original's 8 by 8
FINE = 10  # points of the enlarged original to each of its pixels
FINE_SIDE = (8 + 2 * MARGIN) * FINE
HALF_TURN = 0.149  # tan 8.5°: turned by 17° at most, either way; so are the next three
STRETCH = 0.12  # of the width, of the height
SLANT = 0.1  # of the height
SHIFT = 1.6  # pixels
DARKEST, CONTRAST = 0.2, 1.8  # make the blurred strokes as crisp as MNIST's
FRACTION_BITS = 16  # of the fixed-point numbers in a map

# What zipfile and NumPy raise for a file that is no `.npz`, or a damaged one.
DAMAGE = (OSError, ValueError, EOFError, MemoryError, RuntimeError, zipfile.BadZipFile, zlib.error)

Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set that was found and checked.

    name: "mnist" exactly when the arrays are the original ones, "digits" for the stand-in,
        "custom" for anything else of the same form.
    path: absolute; an `.npz` that the code of `keras.datasets.mnist.load_data` reads.
    source: where it came from, for people; names no folder.
    sha256: of the four arrays (names, dtypes, shapes, bytes), however the file is packed.
    """

    name: str
    path: Path
    source: str
    sha256: str


def find(
    choice: str | None,
    environ: Mapping[str, str],
    *,
    download: Callable[[Mapping[str, str]], None] | None = None,
) -> Dataset:
    """Find the data set to use, and check it.

    choice: the value of `--data`, a path or the word "digits"; None when it was not given.
    environ: AUTOGRADER_DATA (a path or "digits"), KERAS_HOME, XDG_CACHE_HOME and HOME are read.
    download: puts MNIST into Keras' cache; `download_with_keras` unless given.

    Takes the first of choice, AUTOGRADER_DATA, Keras' cache, a download. One that is there but is
    no good is an error, not a reason to take the next.
    Raises DataError, which says what is wrong, where, and what to do.
    """
    wanted = choice or environ.get(VARIABLE)
    if wanted == DIGITS:
        return _stand_in(environ)
    if wanted:
        path = _absolute(wanted, environ)
        return _dataset(path, f"{'--data' if choice else VARIABLE} {path.name}", WAYS_ON)
    path = _absolute(environ.get("KERAS_HOME") or "~/.keras", environ) / "datasets" / "mnist.npz"
    source = "Keras' cache"
    if not os.access(path, os.F_OK):
        (download or download_with_keras)(environ)
        source = "Keras' download"
    return _dataset(path, source, f"If it is there, delete it to have it downloaded. {WAYS_ON}")


def of_assignment(
    name: str, needs: Needs, choice: str | None, environ: Mapping[str, str]
) -> Dataset | None:
    """Find the data set that an assignment needs, as `find` does; None where it needs none.

    Raises UsageError where one is chosen that nothing would read.
    """
    if needs.data:
        return find(choice, environ)
    if choice:
        raise UsageError(
            f"--data {choice}: `{name}` needs no data set, so nothing would read it. Leave --data "
            f'out; or write data = "{DATA_SETS[0]}" into solutions/{name}/{KIT_FILE}.'
        )
    return None


def unpacked(path: Path, folder: Path) -> Path:
    """Return a data set's file in a form that loads at once: itself, or a copy in `folder`.

    Inflating MNIST takes a quarter of a second, once for each notebook that calls `load_data`.
    """
    with zipfile.ZipFile(path) as archive:
        if all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist()):
            return path
    with np.load(path, allow_pickle=False) as arrays:
        np.savez(folder / path.name, **{name: arrays[name] for name in SHAPES})
    return folder / path.name


def download_with_keras(environ: Mapping[str, str]) -> None:
    """Let Keras download MNIST from its server into its cache, in a child process.

    Raises DataError when that fails, with the last line of what the child said.
    """
    # -P: a keras.py in the working folder, a student's perhaps, is not what gets imported.
    command = [sys.executable, "-P", "-c", "import keras; keras.datasets.mnist.load_data()"]
    try:
        subprocess.run(  # noqa: S603 - a fixed command
            command,
            env={"TF_CPP_MIN_LOG_LEVEL": "3", **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=DOWNLOAD_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = (getattr(error, "stderr", None) or b"").decode(errors="replace").split("\n")
        reason = next((line for line in reversed(said) if line.strip()), str(error))[:300]
        raise DataError(
            f"MNIST is not on this machine, and Keras could not download it: {reason}. {WAYS_ON}"
        ) from error


def make_digits() -> dict[str, Bytes]:
    """Make the stand-in: the four arrays under their names, the same bytes on every machine.

    Train and test are drawn from different originals. Pixels follow from whole numbers and from
    PCG64's raw stream, which NumPy keeps stable. Raises DataError without scikit-learn.
    """
    try:
        from sklearn.datasets import load_digits  # takes a second, and is needed here only
    except ImportError as error:
        raise DataError(f"The stand-in needs scikit-learn ({error}). Install it.") from error
    originals = load_digits()
    stream = np.random.PCG64(SEED)
    order = np.argsort(stream.random_raw(len(originals.target)), kind="stable")
    held_out, rest = order[:TEST_ORIGINALS], order[TEST_ORIGINALS:]
    chosen = np.concatenate([np.resize(rest, 60000), np.resize(held_out, 10000)])
    images = _draw(_enlarge(originals.images), chosen, _random_maps(stream, len(chosen)))
    labels = originals.target.astype(np.uint8)[chosen]
    (x_train, x_test), (y_train, y_test) = (np.split(both, [60000]) for both in (images, labels))
    return {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}


def _enlarge(originals: Floats) -> Bytes:
    """Draw each original, (n, 8, 8) of 0 to 16, smoothly on a fine grid: (n, 120, 120).

    Cubic interpolation (Catmull-Rom) with its weights scaled to whole numbers, so that the sums
    are exact in whatever order they are made.
    """
    unit = 2 * FINE  # distances in half points
    centres = unit * (np.arange(8) + MARGIN) + FINE
    d = np.abs(2 * np.arange(FINE_SIDE)[:, None] + 1 - centres)
    near = 3 * d**3 - 5 * d**2 * unit + 2 * unit**3
    far = -(d**3) + 5 * d**2 * unit - 8 * d * unit**2 + 4 * unit**3
    weights = np.select([d < unit, d < 2 * unit], [near, far], 0).astype(np.float64)
    grey = (weights @ originals @ weights.T) / (16.0 * (2 * unit**3) ** 2)
    crisp: Floats = np.clip((grey - DARKEST) * CONTRAST, 0, 1)
    return np.rint(crisp * 255).astype(np.uint8)


def _random_maps(stream: np.random.PCG64, count: int) -> Integers:
    """Draw `count` random maps from pixels to fine points: (6, count), fixed-point.

    The rows are a, b, c, d, e, f in column = a x + b y + e and row = c x + d y + f, where x and y
    are half pixels from the middle of the image.
    """
    draws = stream.random_raw((6, count)) % np.uint64(2001)
    turn, wide, high, slant, right, down = draws.astype(np.float64) / 1000 - 1  # -1 to 1
    half = turn * HALF_TURN
    cos, sin = (1 - half * half) / (1 + half * half), 2 * half / (1 + half * half)
    step = FINE * 8 / DIGIT_SIDE
    wide, high = step * (1 + STRETCH * wide), step * (1 + STRETCH * high)
    a, c = cos * wide, sin * wide
    b, d = SLANT * slant * a - sin * high, SLANT * slant * c + cos * high
    e = FINE_SIDE / 2 - SHIFT * (a * right + b * down)
    f = FINE_SIDE / 2 - SHIFT * (c * right + d * down)
    maps = np.stack([a / 2, b / 2, c / 2, d / 2, e, f])
    fixed: Floats = np.rint(maps * 2**FRACTION_BITS)
    return fixed.astype(np.int32)


def _draw(fine: Bytes, chosen: npt.NDArray[np.int64], maps: Integers) -> Bytes:
    """Draw the chosen originals through their maps: (n, 28, 28); outside an original is black."""
    images = np.empty((len(chosen), 28, 28), np.uint8)
    x = np.arange(-27, 28, 2, dtype=np.int32)
    y = x[:, None]
    for start in range(0, len(chosen), 500):  # few at a time stay in the processor's cache
        part = slice(start, start + 500)
        a, b, c, d, e, f = maps[:, part, None, None]
        column = np.clip((a * x + b * y + e) >> FRACTION_BITS, 0, FINE_SIDE - 1)
        row = np.clip((c * x + d * y + f) >> FRACTION_BITS, 0, FINE_SIDE - 1)
        first = chosen[part, None, None] * FINE_SIDE**2
        images[part] = fine.reshape(-1).take(first + row * FINE_SIDE + column)
    return images


def _stand_in(environ: Mapping[str, str]) -> Dataset:
    """Return the stand-in from the user's cache; it is made where it is missing or damaged."""
    cache = _absolute(environ.get("XDG_CACHE_HOME") or "~/.cache", environ)
    path = cache / "autograder" / DIGITS_FILE
    source = "made from scikit-learn's 1,797 handwritten digits"
    try:
        sha256 = _content_hash(path)
    except DAMAGE:
        sha256 = ""
    if sha256 != DIGITS_SHA256:
        try:
            _save(path, make_digits())
            sha256 = _content_hash(path)
        except OSError as error:
            raise DataError(
                f"Cannot keep the stand-in in {path.parent}: {error}. "
                "Set XDG_CACHE_HOME to a folder that can be written, or use --data FILE."
            ) from error
    return Dataset(DIGITS, path, source, sha256)


def _save(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write an `.npz` that nobody ever sees half of. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        temporary = Path(folder, path.name)
        np.savez(temporary, **arrays)
        temporary.replace(path)


def _dataset(path: Path, source: str, what_to_do: str) -> Dataset:
    """Check a file and describe it. Raises DataError, which ends with what_to_do."""
    try:
        sha256 = _content_hash(path)
    except DAMAGE as error:
        reason = str(error) or type(error).__name__
        raise DataError(f"{path} cannot be used as data set: {reason}. {what_to_do}") from error
    name = {MNIST_SHA256: "mnist", DIGITS_SHA256: DIGITS}.get(sha256, "custom")
    return Dataset(name, path, source, sha256)


def _content_hash(path: Path) -> str:
    """Check the arrays of an `.npz` and hash them. Raises one of DAMAGE: what is wrong."""
    if not path.is_file():
        raise ValueError("it is not a file" if path.exists() else "there is no such file")
    if not zipfile.is_zipfile(path):
        raise ValueError("it is not an .npz file, or only a part of one")
    digest = hashlib.sha256()
    with np.load(path, allow_pickle=False) as arrays:
        for name, shape in SHAPES.items():
            if name not in arrays:
                raise ValueError(f"it has no array {name}")
            array = arrays[name]
            if array.shape != shape or array.dtype != np.uint8:
                found = f"{array.dtype} {array.shape}"
                raise ValueError(f"{name} is {found}, but should be uint8 {shape}")
            if name.startswith("y") and array.max() > 9:
                raise ValueError(f"{name} has the label {array.max()}, but labels are 0 to 9")
            digest.update(f"{name} {array.dtype} {array.shape}\n".encode())
            digest.update(array.tobytes())
    return digest.hexdigest()


def _absolute(path: str, environ: Mapping[str, str]) -> Path:
    """Make a path absolute; a leading ~ is the user's home. Raises DataError without a home."""
    if path != "~" and not path.startswith("~/"):
        return Path(path).absolute()
    try:
        return Path(environ.get("HOME") or Path.home(), path[2:]).absolute()
    except RuntimeError as error:
        raise DataError(f"{path} is nowhere: {error}. Set HOME. {WAYS_ON}") from error
