"""Who handed a file in: what the names in an LMS' bulk download tell. Looks at names only.

Canvas       lastfirst_[LATE_]<user>_<file>_<name>, all in one folder; anonymous:
             [LATE_]anon_<code>_<file>_<name>. A text or link instead of a file:
             lastfirst_<user>_text.html. A name handed in again gets `-1`, `-2` at its end.
Moodle       <full name>_<participant>_assignsubmission_file[_]/<name>, or all in one word
Gradescope   submission_<id>/<name>; whose it is, says submission_metadata.yml. It is not read: each
             student could hand in one, and rosters and exports go by the number.

What is below a student's folder that student has named: it says nothing about who anybody is.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from autograder.files import printable

MAX_NAME = 300
"""No file system has longer names; a zip can."""
_CANVAS = re.compile(
    r"(?:(?P<person>\w*?[^\W\d_]\w*?)_(?P<late>LATE_)?(?P<user>[1-9]\d{0,17})"
    r"|(?P<hidden>LATE_)?anon_(?P<code>[A-Za-z0-9]{1,12}))"
    r"_(?:(?P<file>[1-9]\d{0,17})_(?P<name>.+)|(?P<typed>text|link)\.html)",
    re.DOTALL,
)
# The first number counts: what follows, the student has named.
_MOODLE = re.compile(
    r"(?P<person>.+?)_(?P<user>\d{1,18})_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<name>.*))?",
    re.DOTALL,
)
_GRADESCOPE = re.compile(r"submission_(\d{1,18})")
_ATTEMPT = re.compile(r"attempt[ _-]?(\d{1,9})", re.IGNORECASE)
_OTTER_TIME = re.compile(r"_(\d{4}_\d\d_\d\dT\d\d_\d\d_\d\d_\d{6})$")
_COPY = re.compile(r"-(\d{1,3})$")


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


_Match = tuple[int, Owner]
"""How many folders are above a part that is named as an LMS does, and whom it tells of: what is
below it, its owner has named."""


def owners(paths: Sequence[PurePosixPath], possible: Collection[PurePosixPath]) -> list[Owner]:
    """Say for each path below one folder, or within one zip, who handed it in.

    An LMS' names are believed at the top, or where every submission lies in a download of one LMS.

    Those in `possible` can be submissions; the others (a roster, `desktop.ini`) prove nothing.
    """
    canvas = _canvas(paths, possible)
    outermost = [
        min(
            (each for each in (canvas.get(path), _moodle(path), _gradescope(path)) if each),
            key=lambda match: match[0],
            default=None,
        )
        for path in paths
    ]
    downloads = {path.parents[-1 - m[0]] for path, m in zip(paths, outermost, strict=True) if m}
    kinds = {match[1].student.partition(":")[0] for match in outermost if match}
    top = PurePosixPath(os.path.commonpath([path.parent for path in paths])) if paths else None
    if top not in downloads and not (
        len(kinds) == 1 and all(downloads & {*path.parents} for path in possible)
    ):
        outermost = [None] * len(paths)  # some students' own folders have names like an LMS'
    return _unlike(
        match[1] if match else Owner("", path.with_suffix("").as_posix(), path.name)
        for path, match in zip(paths, outermost, strict=True)
    )


def _unlike(all_owners: Iterable[Owner]) -> list[Owner]:
    """Give students of different LMSs ids unlike each other."""
    all_owners = list(all_owners)
    students: dict[str, set[str]] = defaultdict(set)
    for owner in all_owners:
        if owner.student:
            students[printable(owner.id)].add(owner.student)
    return [
        replace(owner, id=f"{owner.id} ({owner.student})")
        if owner.student and len(students[printable(owner.id)]) > 1
        else owner
        for owner in all_owners
    ]


def version(owner: Owner) -> tuple[str, tuple[int, ...]]:
    """Return what stays the same when a file is handed in again, and what grows then.

    Only Canvas counts in the names. Elsewhere `mnist (1).ipynb` may be a second download of the
    empty notebook: which one counts is not for the names to say.
    """
    suffix = PurePosixPath(owner.name).suffix
    stem = owner.name.removesuffix(suffix)
    copies, time = 0, 0
    if owner.student.startswith("canvas:") and (copy := _COPY.search(stem)):
        stem, copies = stem[: copy.start()], int(copy.group(1))
    if stamp := _OTTER_TIME.search(stem):
        stem, time = stem[: stamp.start()], int(re.sub(r"\D", "", stamp.group(1)))
    return f"{stem}{suffix}".casefold(), (*owner.order, time, copies)


def _canvas(
    paths: Sequence[PurePosixPath], possible: Collection[PurePosixPath]
) -> dict[PurePosixPath, _Match]:
    """Find the folders in which every file that can be a submission is named as Canvas does."""
    folders: dict[PurePosixPath, list[PurePosixPath]] = defaultdict(list)
    for path in paths:
        folders[path.parent].append(path)
    owners_by_path = {}
    for folder, files in folders.items():
        matches = [(path, _CANVAS.fullmatch(path.name[:MAX_NAME])) for path in files]
        sure = [(path, match) for path, match in matches if match]
        strange = any(path in possible for path, match in matches if not match)
        if strange or not _agree([m for _, m in sure], [m for path, m in sure if path in possible]):
            continue
        for path, match in sure:
            who = f"anon_{match['code']}" if match["code"] else match["user"]
            name = f"{match['person']}_{match['user']}" if match["user"] else who
            owner = Owner(
                student=f"canvas:{who}",
                id=(_without_attempt(folder) / name).as_posix(),
                name=match["name"] or f"{match['typed']}.html",
                order=(_attempt(folder), int(match["file"] or 0)),
                late=bool(match["late"] or match["hidden"]),
            )
            owners_by_path[path] = len(folder.parts), owner
    return owners_by_path


def _agree(matches: Sequence[re.Match[str]], possible: Sequence[re.Match[str]]) -> bool:
    """Say whether one folder's names can all be Canvas'; teachers, too, write `hw_3_1001_x.ipynb`.

    Canvas gives each file a number of its own and each user one name, and numbers what one user
    hands in twice under one name. One word before all of several submissions is no student's name:
    taken for one, it would make a whole class one student.
    """
    numbers = [match["file"] for match in matches if match["file"]]
    people = {(match["user"], match["person"]) for match in matches if match["user"]}
    users = {user for user, _ in people}
    names = [(match["user"], match["code"], match["name"]) for match in matches if match["name"]]
    words = {match["person"] or match["code"] for match in possible}
    return (
        len(set(numbers)) == len(numbers)
        and len(users) == len(people)
        and len(set(names)) == len(names)
        and (len(words) > 1 or len(possible) < 2)
    )


def _moodle(path: PurePosixPath) -> _Match | None:
    for depth, part in enumerate(path.parts):
        match = _MOODLE.fullmatch(part[:MAX_NAME])
        if match is None:
            continue
        above = PurePosixPath(*path.parts[:depth])
        name = match["name"] if depth == len(path.parts) - 1 else path.name
        owner = Owner(
            student=f"moodle:{match['user']}",
            id=(_without_attempt(above) / f"{match['person']}_{match['user']}").as_posix(),
            name=name or path.name,
            order=(_attempt(above),),
        )
        return depth, owner
    return None


def _gradescope(path: PurePosixPath) -> _Match | None:
    for depth, part in enumerate(path.parts[:-1]):
        if match := _GRADESCOPE.fullmatch(part):
            place = PurePosixPath(*path.parts[: depth + 1]).as_posix()
            return depth, Owner(f"gradescope:{match.group(1)}", place, path.name)
    return None


def _attempt(folder: PurePosixPath) -> int:
    """Return the number in a folder's name like `attempt 2`, or 0."""
    return max((int(m.group(1)) for p in folder.parts if (m := _ATTEMPT.fullmatch(p))), default=0)


def _without_attempt(folder: PurePosixPath) -> PurePosixPath:
    return PurePosixPath(*(part for part in folder.parts if not _ATTEMPT.fullmatch(part)))
