"""The judge's process: imports everything once, then forks for each submission.

    python -m autograder.judge.worker CONTROL LEVEL STAFF SUPPLIES MEMORY_MB

A fork answers one session's requests and ends with it. An assignment's support modules may have
`warm()` (called once, before any fork); `used_core_seconds`, `secret` and `sources` (set before
each question: what the student's processes used so far, what only this installation knows, and the
text of what the notebook defines, by name); `facts()` (asked after each question: what was measured
so far, by name); `state()` and `restore(state)` (what was learned so far, as JSON has it, so that
later questions rest on the verdicts that count).
"""

from __future__ import annotations

import importlib
import os
import select
import signal
import socket
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from autograder.judge import cases, context, rebuild, wire
from autograder.judge.environment import Environment
from autograder.judge.remote import Connection
from autograder.judge.session import Session
from autograder.records import Flag
from autograder.wall import confine
from autograder.wall.channel import receive, send
from autograder.wall.confine import Bounds, Level
from autograder.wall.messages import Failed, Judgement, JudgeRequest, Refused
from autograder.wall.supplies import (
    Supplies,
    from_argument,
    import_modules,
    load_offline,
    seed_everything,
)
from autograder.wall.zygote import serve

_FLAG = "Suspicious"
"""The class of a support module's warnings that are flags: "name: evidence"."""


@dataclass(frozen=True, slots=True)
class Confinement:
    """What confines each fork, and what it finds there."""

    level: Level
    bounds: Bounds
    supplies: Supplies
    files: Mapping[str, bytes]


def main() -> None:
    """Serve sessions until the control socket closes."""
    control_fd, level, staff, argument, memory_mb = sys.argv[1:]
    supplies = from_argument(argument)
    files = supplies.contents()
    _work_among(supplies, files)
    import_modules(supplies.imports)
    if "keras" in sys.modules:
        importlib.import_module("autograder.judge.models")  # a fork sees no file of ours
    load_offline(supplies.data_name, supplies.data)
    support = _load_support(Path(staff))
    given, before = context.load(Path(staff)), context.before_cells(Path(staff))
    load_offline(supplies.data_name, supplies.place(Level(level)))
    tests = {
        path.stem: path.read_text(encoding="utf-8") for path in (Path(staff) / "tests").glob("*.py")
    }
    size_mb = sum(map(len, files.values())) >> 20
    confinement = Confinement(
        Level(level), Bounds(int(memory_mb), disk_mb=64 + size_mb), supplies, files
    )
    serve(
        int(control_fd),
        lambda channel: _session(channel, confinement, Staff(tests, support, given, before)),
    )


def _work_among(supplies: Supplies, files: Mapping[str, bytes]) -> None:
    """Work in a folder that holds the assignment's files, as its notebooks do."""
    folder = Path(tempfile.gettempdir(), "work")
    folder.mkdir()
    confine.lay_out(folder, files, supplies.data_file, supplies.data)
    os.chdir(folder)


@dataclass(frozen=True, slots=True)
class Staff:
    """What the assignment's staff wrote, loaded before any fork."""

    tests: Mapping[str, str]
    """The test files as text, by question."""
    support: Sequence[ModuleType]
    context: Mapping[str, object]
    """Names that tests use and that no answer makes."""
    before_cells: str
    """Code that runs before each cell, so before a question is judged, too: it seeds."""


def _load_support(staff: Path) -> list[ModuleType]:
    """Import the assignment's support modules, and let them load their data."""
    sys.path.insert(0, str(staff))
    modules = [importlib.import_module(path.stem) for path in sorted(staff.glob("*.py"))]
    for module in modules:
        if hasattr(module, "warm"):
            module.warm()
    return modules


def _session(
    channel: socket.socket,
    given: Confinement,
    staff: Staff,
) -> None:
    """Confine this fork, then answer one submission's requests until its socket closes."""
    if given.level is Level.NONE:
        _answer(channel, staff)
        return
    with tempfile.TemporaryDirectory(prefix="judge-", ignore_cleanup_errors=True) as folder:
        confine.separate(given.level)
        child = os.fork()
        if child:
            _end_with(channel, child)
            return
        try:
            # What is rebuilt here came from hostile code: give it nothing but this process.
            # Landlock is left out: it would deny the folders that arrive with the requests.
            slot = confine.UIDS + os.getpid() % 300
            root = confine.lock_in(
                given.level,
                folder,
                given.bounds,
                given.supplies.data,
                slot,
                files=given.files,
                data_file=given.supplies.data_file,
                landlock=False,
            )
            os.chdir(root + confine.WORK)
            _answer(channel, staff)
        except BaseException:  # noqa: BLE001 - the fork ends here, whatever happened
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(0)


def _end_with(channel: socket.socket, child: int) -> None:
    """Wait until a fork ends, or its session does: then the fork is ended, whatever it computes.

    Its own timer cannot do that where it is pid 1 of its namespace, which ignores the signal.
    """
    handle = os.pidfd_open(child)
    events = select.poll()
    events.register(channel, select.POLLRDHUP)
    events.register(handle, select.POLLIN)
    events.poll()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(handle)


def _answer(channel: socket.socket, staff: Staff) -> None:
    """Answer one submission's requests, until its socket closes."""
    while (received := receive(channel, JudgeRequest)) is not None:
        request, descriptors = received
        if not descriptors:
            send(channel, Failed("the checkpoint's folder did not arrive"))
            return
        signal.setitimer(signal.ITIMER_REAL, request.seconds)
        seed_everything(request.seed)
        before = time.process_time()
        support = staff.support
        _tell(support, request)
        try:
            with _connection(descriptors[1:], request.seconds) as connection:
                reply = judge(request, staff, descriptors[0], connection)
        except (MemoryError, OSError) as error:
            send(channel, Failed(repr(error)))
            return
        if isinstance(reply, Judgement):
            facts = [module.facts() for module in support if hasattr(module, "facts")]
            together = {name: fact for some in facts for name, fact in some.items()}
            seconds = time.process_time() - before
            state = {m.__name__: m.state() for m in support if hasattr(m, "state")}
            reply = replace(reply, facts=together, state=state, core_seconds=seconds)
        send(channel, reply)
        signal.setitimer(signal.ITIMER_REAL, 0)
        os.close(descriptors[0])


@contextmanager
def _connection(descriptors: list[int], seconds: float) -> Iterator[Connection]:
    """Take over the socket to the student's process, if there is one; close it in the end."""
    channel = None
    if descriptors:
        try:
            channel = socket.socket(fileno=descriptors[0])
        except OSError:  # a driver that hostile code has taken over sends anything
            os.close(descriptors[0])
    connection = Connection(channel, seconds)
    try:
        yield connection
    finally:
        connection.close()


def _tell(support: Sequence[ModuleType], request: JudgeRequest) -> None:
    """Tell the support modules what they may know before a question is judged."""
    for module in support:
        if module.__name__ in request.state:
            module.restore(request.state[module.__name__])
        for name, value in (
            ("used_core_seconds", request.used),
            ("secret", request.secret),
            ("sources", request.sources),
        ):
            if hasattr(module, name):
                vars(module)[name] = value


def judge(
    request: JudgeRequest, staff: Staff, folder: int, connection: Connection
) -> Judgement | Refused:
    """Run one question's test file on the values of one checkpoint.

    What was measured, and what it took, is not in the judgement yet.
    """
    notes: list[str] = []
    try:
        claims = wire.decode(folder)
    except Exception as error:  # noqa: BLE001 - what hostile bytes provoke is their fault, not ours
        cases.unless_ours(error)
        return Refused(str(error))
    session = Session(connection, notes)
    values: dict[str, object] = {}
    for name, claim in claims.items():
        try:
            values[name] = session.variable(name, claim)
        except Exception as error:  # noqa: BLE001 - the same
            cases.unless_ours(error)
            notes.append(f"`{name}` was refused: {error}")
            values[name] = rebuild.opaque("value that the grader could not take over")
    names = {**context.copied(staff.context), **context.as_before_a_cell(staff.before_cells)}
    environment = Environment(values, names, session)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        name = request.question
        results = cases.run_all(
            name,
            staff.tests[name],
            environment,
            request.numpy,
            notes,
            environment.begin_case,
            session.relied,
        )
    flags = []
    for warning in caught:
        if type(warning.message).__name__ == _FLAG:
            name, _, evidence = str(warning.message).partition(": ")
            flags.append(Flag(name, evidence))
        elif str(warning.filename).startswith(sys.path[0]):
            notes.append(str(warning.message))
    unique = tuple(dict.fromkeys(notes))
    return Judgement(
        results,
        unique,
        tuple(flags),
        left_behind=tuple(session.left_behind),
        handed_over=session.handed_over,
    )


if __name__ == "__main__":
    main()
