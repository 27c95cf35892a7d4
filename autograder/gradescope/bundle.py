"""The zip that makes Gradescope grade with this kit: its two scripts, this package, an assignment.

    setup.sh                    once, when the instructor uploads the zip: Python, packages, data
    run_autograder              for each submission; always leaves a results.json
    autograder-*.whl            this package
    constraints.txt             the tested versions of what it needs, where they are known
    course/otter_config.json    the settings
    course/dist/<name>/         the built assignment with all tests; never enters a sandbox

Gradescope unpacks it into `/autograder/source`. The same package and assignment give the same
bytes.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.metadata import distribution, metadata
from pathlib import Path

from autograder.course.config import CONFIG_FILE, PLAN_FILE, Course, built_folder
from autograder.files import packed
from autograder.lms import gradescope

_HERE = Path(__file__).parent
_PACKAGE = _HERE.parent

_KILLED = (
    "the autograder ended before there was a result. Instructor: look at its output, at the time "
    "limit and at the memory of the container (3 GB), and run it again."
)


def write(course: Course, name: str) -> Path:
    """Write the zip of a built assignment beside what was built. Returns its path."""
    built, constraints = built_folder(course, name), course.root / "constraints.txt"
    wheel_name, wheel = _wheel()
    failure = gradescope.text(gradescope.failure(_KILLED))
    run = _HERE.joinpath("run_autograder").read_text(encoding="utf-8")
    files = {
        "setup.sh": _HERE.joinpath("setup.sh").read_bytes(),
        "run_autograder": run.replace("@FAILURE@\n", failure).encode(),
        wheel_name: wheel,
        f"course/{CONFIG_FILE}": (course.root / CONFIG_FILE).read_bytes(),
        f"course/dist/{name}/{PLAN_FILE}": (built / PLAN_FILE).read_bytes(),
    }
    for side in ("student", "staff"):
        for file in _files(built / side):
            place = file.relative_to(built).as_posix()
            files[f"course/dist/{name}/{place}"] = file.read_bytes()
    if constraints.is_file():
        files["constraints.txt"] = constraints.read_bytes()
    path = built / f"{name}-gradescope.zip"
    path.write_bytes(packed(files))
    return path


def _files(folder: Path) -> list[Path]:
    """All files below a folder, without what Python, editors and systems leave there."""

    def wanted(path: Path) -> bool:
        parts = path.relative_to(folder).parts
        return path.is_file() and not any(p == "__pycache__" or p.startswith(".") for p in parts)

    return sorted(filter(wanted, folder.rglob("*")))


def _wheel() -> tuple[str, bytes]:
    """This package as a wheel, from the files that run now: its name and content.

    A wheel is a zip of the package with four small files; pip needs nothing to build it.
    """
    own = metadata("autograder")
    name = f"autograder-{own['Version']}"
    files = {
        f"autograder/{p.relative_to(_PACKAGE).as_posix()}": p.read_bytes() for p in _files(_PACKAGE)
    }
    needs = [line for line in own.get_all("Requires-Dist") or [] if "extra ==" not in line]
    lines = [
        "Metadata-Version: 2.1",
        "Name: autograder",
        f"Version: {own['Version']}",
        f"Requires-Python: {own['Requires-Python']}",
        *(f"Requires-Dist: {line}" for line in sorted(needs)),
    ]
    points = distribution("autograder").read_text("entry_points.txt") or ""
    about = f"{name}.dist-info"
    files[f"{about}/METADATA"] = "\n".join([*lines, ""]).encode()
    files[f"{about}/entry_points.txt"] = points.encode()
    files[f"{about}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: autograder\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    record = [f"{path},sha256={_digest(files[path])},{len(files[path])}" for path in sorted(files)]
    files[f"{about}/RECORD"] = "\n".join([*record, f"{about}/RECORD,,", ""]).encode()
    return f"{name}-py3-none-any.whl", packed(files)


def _digest(content: bytes) -> str:
    digest = hashlib.sha256(content).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
