"""Finds the submissions in notebooks, folders, zips and an LMS' bulk downloads.

Never executes anything, and holds no contents: each file is hashed as a stream, and read again when
its turn to be graded comes. `.OTTER_LOG` (a pickle) and other hidden files are never opened.

Who a student is, only an LMS' own names can tell (see `lms`): then all files of one student are one
submission, and of what was handed in several times the latest counts. Elsewhere each file is a
submission of its own, called after its path.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from autograder import words
from autograder.errors import SubmissionError, UsageError
from autograder.files import printable, regular
from autograder.intake.archive import Archives, HandedFile, Place
from autograder.lms import names as lms
from autograder.lms.names import Owner
from autograder.reader.budget import Budget, OverBudget
from autograder.records import Problem, Submission

MAX_DEPTH = 3
"""Zips in zips in a zip, and no deeper."""
MAX_CHOICES = 50
"""Notebooks that one student hands in."""
MAX_SCRIPTS = 500
"""Scripts that are looked at where one student hands in no notebook."""
_START = 64 << 10
"""In so many bytes of a script its first cell begins."""
_NOTEBOOK = re.compile(r"\.ipynb(\.(txt|json|download))?$", re.IGNORECASE)
"""Some browsers add an ending of their own."""
_SCRIPT = re.compile(r"\.py$", re.IGNORECASE)
_ZIP = re.compile(r"\.zip$", re.IGNORECASE)
_OTHER_ARCHIVE = re.compile(r"\.(rar|7z|tar|tgz|gz|bz2|xz)$", re.IGNORECASE)
_ANSWERS = re.compile(r"\.(py|html?|pdf|docx?|rtf)$|\.ipynb", re.IGNORECASE)
"""What somebody may have handed in as an answer, and what is not graded."""
_EXPORT_MARK = "__zip_filename__"
"""What `grader.export()` puts into each zip."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file that was handed in, or that lies beside."""

    entry: HandedFile
    owner: Owner


def collect(
    paths: Iterable[Path], passed_over: Callable[[str], None] = lambda _: None
) -> list[Submission]:
    """Return the submissions below the given paths, sorted by id.

    `passed_over` is told of each file that may be somebody's answer and is no submission.
    Raises UsageError for a path that does not exist, and where there is nothing to grade or two
    submissions would share an id.
    """
    paths = list(paths)
    groups: dict[tuple[str, str], list[_File]] = defaultdict(list)
    found: dict[str, Submission] = {}
    with Archives() as archives:
        for number, file in enumerate(_given(archives, paths, passed_over)):
            groups[printable(file.owner.id), file.owner.student or f"\0{number}"].append(file)
        for (identity, _), files in groups.items():
            one = _submission(archives, identity, files)
            if one.id in found:
                raise UsageError(
                    f"two submissions have the id `{one.id}`: {found[one.id].origin} "
                    f"and {one.origin}. Put them into folders of their own, or rename one."
                )
            found[one.id] = one
    if not found:
        names = ", ".join(str(path) for path in paths)
        raise UsageError(
            f"{names}: no notebook (.ipynb), no script with `# %%` cells and no zip to grade"
        )
    return [found[key] for key in sorted(found)]


# ---------------------------------------------------------------- which files there are


def _given(
    archives: Archives, paths: Iterable[Path], passed_over: Callable[[str], None]
) -> Iterator[_File]:
    """Yield the files of the given paths with who handed them in."""
    single: dict[Path, list[HandedFile]] = defaultdict(list)
    for path in dict.fromkeys(paths):
        entry = HandedFile(PurePosixPath(path.name), Place(path, str(path)))
        if path.is_dir():
            yield from _owned(archives, list(_walk(path)), passed_over)
        elif not path.exists():
            raise UsageError(f"{path}: there is no such file or folder")
        elif _ZIP.search(path.name):
            yield from _given_zip(archives, entry, passed_over)
        elif _is_submission(archives, entry):
            single[path.parent].append(entry)
        else:
            raise UsageError(
                f"{path}: neither a notebook (.ipynb, or .py with `# %%` cells), nor a folder, "
                "nor a zip"
            )
    for beside in single.values():  # what an LMS' names are, only several tell
        yield from _owned(archives, beside, passed_over)


def _given_zip(
    archives: Archives, entry: HandedFile, passed_over: Callable[[str], None]
) -> Iterator[_File]:
    """A zip that was named itself is a class, unless one student exported it."""
    try:
        inside = [each for each in archives.entries(entry.place) if not _hidden(each.path)]
    except SubmissionError:
        inside = []
    if inside and not any(each.path.name == _EXPORT_MARK for each in inside):
        files = list(_owned(archives, inside, passed_over))
        if files:
            yield from files
            return
    yield _File(entry, Owner("", entry.path.stem, entry.path.name))


def _walk(folder: Path) -> Iterator[HandedFile]:
    """Yield the files below a folder. Links are not followed: they can lead anywhere."""

    def refuse(error: OSError) -> None:
        raise UsageError(f"{error.filename}: the folder cannot be read ({error.strerror})")

    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not _hidden(PurePosixPath(name)))
        for name in sorted(names):
            path = Path(place, name)
            mode = path.lstat().st_mode
            if _hidden(PurePosixPath(name)) or not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
                continue
            link = Problem("link", {"file": name}, "named file") if stat.S_ISLNK(mode) else None
            below = PurePosixPath(path.relative_to(folder).as_posix())
            yield HandedFile(below, Place(path, str(path)), link)


def _hidden(path: PurePosixPath) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)


def _owned(
    archives: Archives, entries: Sequence[HandedFile], passed_over: Callable[[str], None]
) -> Iterator[_File]:
    """Yield the files that may be submissions, and all that an LMS says a student handed in."""
    able = [_is_submission(archives, entry) for entry in entries]
    possible = {entry.path for entry, can in zip(entries, able, strict=True) if can}
    owners = lms.owners([entry.path for entry in entries], possible)
    files = [_File(entry, owner) for entry, owner in zip(entries, owners, strict=True)]
    yield from (file for file in files if file.owner.student)
    folders = {path.parent for path in possible} - {PurePosixPath()}
    for file, can in zip(files, able, strict=True):
        path = file.entry.path
        beside = folders & set(path.parents)  # then it is the helper of a student's notebook
        if not (can or file.owner.student or beside) and _ANSWERS.search(path.name):
            passed_over(printable(file.entry.place.name))
    yield from _apart(
        [file for file, can in zip(files, able, strict=True) if can and not file.owner.student],
        {printable(file.owner.id) for file in files if file.owner.student},
    )


def _apart(files: Sequence[_File], taken: set[str]) -> Iterator[_File]:
    """Give files that stand for themselves ids unlike each other: the whole path where needed."""
    whole = {printable(file.entry.path.as_posix()) for file in files}
    stems = Counter(printable(file.owner.id) for file in files)
    plain = {stem for stem, count in stems.items() if count == 1} - whole - taken
    taken = taken | plain
    for file in files:
        name = printable(file.owner.id)
        if name not in plain:
            name = path = printable(file.entry.path.as_posix())
            number = 1
            while name in taken:  # a zip can hold a path twice
                number += 1
                name = f"{path} ({number})"
            taken.add(name)
        yield replace(file, owner=replace(file.owner, id=name))


def _is_submission(archives: Archives, entry: HandedFile, budget: Budget | None = None) -> bool:
    """Say whether a file may be one; what cannot be read is, or nobody would hear of it."""
    name = entry.path.name
    if _SCRIPT.search(name):
        start = None if entry.damage else archives.start(entry.place, _START, budget)
        return start is None or start.has_cells
    return any(kind.search(name) for kind in (_NOTEBOOK, _ZIP, _OTHER_ARCHIVE))


# ---------------------------------------------------------------- one student's files


def _submission(archives: Archives, identity: str, files: Sequence[_File]) -> Submission:
    """Make one submission of what one student handed in."""
    counting, earlier = _latest(files)
    origin = ", ".join(file.entry.place.name for file in counting)
    try:
        choices = _choices(archives, [file.entry for file in counting], 1, Budget())
    except SubmissionError as error:
        choices = [_damaged(origin, error.problem)]
    remarks = [
        f"handed in late, says Canvas ({file.owner.name})" for file in counting if file.owner.late
    ]
    if earlier:
        remarks.append(f"handed in {len(earlier) + 1} times; the latest counts")
    if not choices:
        names = ", ".join(printable(file.owner.name) for file in counting)[:200]
        choices = [_damaged(origin, Problem("no notebook", {"names": names}, "ipynb"))]
    one = choices[0]
    if len(choices) > 1:
        # the names, too: triage goes by them where several are answered
        told = [
            f"{each.id}\0{words.problem(each.damage) if each.damage else each.sha256}"
            for each in choices
        ]
        digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
        one = Submission(identity, printable(origin), digest, choices=tuple(choices))
    return replace(
        one,
        id=printable(identity),
        student=printable(files[0].owner.student),
        earlier=tuple(printable(file.entry.place.name) for file in earlier),
        remarks=(*remarks, *one.remarks),
    )


def _latest(files: Sequence[_File]) -> tuple[list[_File], list[_File]]:
    """Of files that were handed in again, keep the latest; return also those that do not count."""
    versions: dict[str, list[tuple[tuple[int, ...], _File]]] = defaultdict(list)
    for file in files:
        name, order = lms.version(file.owner)
        versions[name].append((order, file))
    counting, earlier = [], []
    for same in versions.values():
        last = max(order for order, _ in same)
        counting += [file for order, file in same if order == last]
        earlier += [file for order, file in same if order != last]
    return counting, earlier


def _choices(
    archives: Archives, entries: Sequence[HandedFile], depth: int, budget: Budget
) -> list[Submission]:
    """Return what a student may want graded. Raises SubmissionError where it is too much.

    Scripts count where there is no notebook: beside one they are its helpers.
    """
    scripts = [entry for entry in entries if _SCRIPT.search(entry.path.name)]
    others = [entry for entry in entries if not _SCRIPT.search(entry.path.name)]
    choices = [choice for entry in others for choice in _notebooks(archives, entry, depth, budget)]
    if all(choice.damage for choice in choices):
        if len(scripts) > MAX_SCRIPTS:
            found = {"count": MAX_SCRIPTS}
            raise OverBudget(Problem("zip of too many files", found, "notebook alone"))
        scripts = [entry for entry in scripts if _is_submission(archives, entry, budget)]
        choices += [
            choice for entry in scripts for choice in _notebooks(archives, entry, depth, budget)
        ]
    if len(choices) > MAX_CHOICES:
        raise SubmissionError(Problem("several in zip", {"count": len(choices)}, "which counts"))
    return choices


def _notebooks(
    archives: Archives, entry: HandedFile, depth: int, budget: Budget
) -> list[Submission]:
    """Return the notebooks that a file is or holds, or why there is none. Raises OverBudget."""
    name = entry.path.name
    known = any(kind.search(name) for kind in (_NOTEBOOK, _SCRIPT, _ZIP))
    start = None if entry.damage else archives.start(entry.place, 4, budget)
    is_zip, is_json = (start.is_zip, start.is_json) if start else (False, False)
    zipped = is_zip or (_ZIP.search(name) and not is_json)
    if zipped and not entry.damage and depth <= MAX_DEPTH:
        found = _zip(archives, entry, depth, budget)
    elif zipped or known:
        deep = Problem("zips too deep", {"depth": MAX_DEPTH}, "notebook") if zipped else None
        found = [_notebook(archives, replace(entry, damage=entry.damage or deep), budget)]
    elif _OTHER_ARCHIVE.search(name):
        problem = Problem("other archive", {"file": name}, "notebook or zip")
        found = [_damaged(entry.place.name, problem)]
    else:
        return []
    if zipped and not _ZIP.search(name):
        found = [_remarked(one, f"{name} is a zip in truth; it was opened as one") for one in found]
    return found


def _zip(archives: Archives, entry: HandedFile, depth: int, budget: Budget) -> list[Submission]:
    """Return the notebooks of one student's zip, or why there is none. Raises OverBudget."""
    try:
        entries = archives.entries(entry.place, budget)
        inside = [each for each in entries if not _hidden(each.path)]
        if found := _choices(archives, inside, depth + 1, budget):
            return found
        names = ", ".join(each.path.name for each in inside[:5])[:100] or "nothing"
        raise SubmissionError(Problem("zip without notebook", {"names": names}, "ipynb"))
    except OverBudget:
        raise
    except SubmissionError as error:
        return [_damaged(entry.place.name, error.problem)]


def _notebook(archives: Archives, entry: HandedFile, budget: Budget) -> Submission:
    """Return one file as a submission, called after itself. Raises OverBudget."""
    if entry.damage:
        return _damaged(entry.place.name, entry.damage)
    try:
        sha256, size = archives.hashed(entry.place, budget)
    except OverBudget:
        raise
    except SubmissionError as error:
        return _damaged(entry.place.name, error.problem)
    one = Submission(
        entry.path.as_posix(),
        printable(entry.place.name),
        sha256,
        partial(regular, entry.place.file),
        inner=entry.place.inner,
        size=size,
    )
    for remark in entry.remarks:
        one = _remarked(one, remark)
    return replace(one, id=printable(one.id))


def _damaged(origin: str, problem: Problem) -> Submission:
    return Submission(printable(origin), printable(origin), "", damage=problem)


def _remarked(one: Submission, remark: str) -> Submission:
    return replace(one, remarks=(*one.remarks, printable(remark)))
