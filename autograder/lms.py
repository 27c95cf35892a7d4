"""Who handed a file in: what the names in an LMS' bulk download tell. Looks at names only.

Canvas       lastfirst_[LATE_]<user>_<file>_<name>, all in one folder; anonymous:
             [LATE_]anon_<code>_<file>_<name>. A text or link instead of a file:
             lastfirst_<user>_text.html. A name handed in again gets `-1`, `-2` at its end.
Moodle       <full name>_<participant>_assignsubmission_file[_]/<name>, or all in one word
Gradescope   submission_<id>/<name>; submission_metadata.yml says whose it is
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

METADATA = "submission_metadata.yml"
MAX_NAME = 300
"""No file system has longer names; a zip can."""
_CANVAS = re.compile(
    r"(?:(?P<person>\w*?[^\W\d_]\w*?)_(?P<late>LATE_)?(?P<user>[1-9]\d{0,17})"
    r"|(?P<hidden>LATE_)?anon_(?P<code>[A-Za-z0-9]{1,12}))"
    r"_(?:(?P<file>[1-9]\d{0,17})_(?P<name>.+)|(?P<typed>text|link)\.html)",
    re.DOTALL,
)
_MOODLE = re.compile(
    r"(?P<person>.+)_(?P<user>\d{1,18})_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<name>.*))?",
    re.DOTALL,
)
_GRADESCOPE = re.compile(r"submission_(\d{1,18})")
_ATTEMPT = re.compile(r"attempt[ _-]?(\d{1,9})", re.IGNORECASE)
_OTTER_TIME = re.compile(r"_(\d{4}_\d\d_\d\dT\d\d_\d\d_\d\d_\d{6})$")
_COPY = re.compile(r"(?:-(\d{1,3})| ?\((\d{1,3})\))$")
_SUBMITTER = re.compile(r"""  (?:- |  ):(sid|email): *["']?([^\s"']+)["']?\s*""")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who handed in one file, as far as its path tells."""

    student: str
    """Empty where no LMS's pattern tells: then the file stands for itself."""
    id: str
    """The submission's id: readable, and the same however often it was handed in."""
    name: str
    """The file's own name, without what the LMS added."""
    order: tuple[int, ...] = ()
    """What comes later has the larger one; equal ones cannot be told apart."""
    late: bool = False


def owners(paths: Sequence[PurePosixPath]) -> list[Owner]:
    """Say for each path below one folder, or within one zip, who handed it in."""
    canvas = _canvas(paths)
    found = []
    for path in paths:
        owner = canvas.get(path) or _moodle(path) or _gradescope(path)
        found.append(owner or Owner("", _stem(path), path.name))
    return found


def version(owner: Owner) -> tuple[str, tuple[int, ...]]:
    """Return what stays the same when a file is handed in again, and what grows then."""
    suffix = PurePosixPath(owner.name).suffix
    stem = owner.name.removesuffix(suffix)
    copies, time = 0, 0
    if copy := _COPY.search(stem):
        stem, copies = stem[: copy.start()], int(copy.group(1) or copy.group(2))
    if stamp := _OTTER_TIME.search(stem):
        stem, time = stem[: stamp.start()], int(re.sub(r"\D", "", stamp.group(1)))
    return f"{stem}{suffix}".casefold(), (*owner.order, time, copies)


def submitters(lines: Iterable[str]) -> dict[str, str]:
    """Read Gradescope's metadata: by submission id, `sid:100 email:a@b.edu` of all submitters.

    The file also holds what each submission printed, without limit; so it is read by lines, and
    only those count that stand where Gradescope puts submitters.
    """
    found: dict[str, list[str]] = defaultdict(list)
    submission, inside = "", False
    for line in lines:
        if key := re.match(r"(?:submission_)?(\d{1,18}):\s*$", line):
            submission, inside = key.group(1), False
        elif re.match(r"  :\w+:", line):
            inside = line.startswith("  :submitters:")
        elif inside and submission and (said := _SUBMITTER.fullmatch(line)):
            found[submission].append(f"{said.group(1)}:{said.group(2)}")
    return {key: " ".join(dict.fromkeys(words)) for key, words in found.items()}


def with_submitters(owner: Owner, known: Mapping[str, str]) -> Owner:
    """Add what the metadata says to a Gradescope submission's owner."""
    system, _, number = owner.student.partition(":")
    if system == "gradescope" and number in known:
        return replace(owner, student=f"{owner.student} {known[number]}")
    return owner


def _canvas(paths: Sequence[PurePosixPath]) -> dict[PurePosixPath, Owner]:
    """Find the folders in which every file is named as Canvas does, and nobody has two names.

    Numbers between underscores are common: `lab_3_2_x.ipynb` beside `lab_3_2_y.ipynb` is none of
    Canvas' (the second number would be one file twice).
    """
    folders: dict[PurePosixPath, list[PurePosixPath]] = defaultdict(list)
    for path in paths:
        folders[path.parent].append(path)
    found = {}
    for folder, files in folders.items():
        matches = [(path, _CANVAS.fullmatch(path.name[:MAX_NAME])) for path in files]
        sure = [(path, match) for path, match in matches if match]
        numbers = [match["file"] for _, match in sure if match["file"]]
        people = {(match["user"], match["person"]) for _, match in sure if match["user"]}
        users = {user for user, _ in people}
        if len(sure) < len(files) or len(set(numbers)) < len(numbers) or len(users) < len(people):
            continue
        for path, match in sure:
            who = f"anon_{match['code']}" if match["code"] else match["user"]
            name = f"{match['person']}_{match['user']}" if match["user"] else who
            found[path] = Owner(
                student=f"canvas:{who}",
                id=(_without_attempt(folder) / name).as_posix(),
                name=match["name"] or f"{match['typed']}.html",
                order=(_attempt(folder), int(match["file"] or 0)),
                late=bool(match["late"] or match["hidden"]),
            )
    return found


def _moodle(path: PurePosixPath) -> Owner | None:
    for depth, part in enumerate(path.parts):
        match = _MOODLE.fullmatch(part[:MAX_NAME])
        if match is None:
            continue
        above = PurePosixPath(*path.parts[:depth])
        name = match["name"] if depth == len(path.parts) - 1 else path.name
        return Owner(
            student=f"moodle:{match['user']}",
            id=(_without_attempt(above) / f"{match['person']}_{match['user']}").as_posix(),
            name=name or path.name,
            order=(_attempt(path.parent),),
        )
    return None


def _gradescope(path: PurePosixPath) -> Owner | None:
    for depth, part in enumerate(path.parts[:-1]):
        if match := _GRADESCOPE.fullmatch(part):
            place = PurePosixPath(*path.parts[: depth + 1]).as_posix()
            return Owner(f"gradescope:{match.group(1)}", place, path.name)
    return None


def _attempt(folder: PurePosixPath) -> int:
    """Return the number in a folder's name like `attempt 2`, or 0."""
    return max((int(m.group(1)) for p in folder.parts if (m := _ATTEMPT.fullmatch(p))), default=0)


def _without_attempt(folder: PurePosixPath) -> PurePosixPath:
    return PurePosixPath(*(part for part in folder.parts if not _ATTEMPT.fullmatch(part)))


def _stem(path: PurePosixPath) -> str:
    return path.with_suffix("").as_posix() if path.name else path.as_posix()
