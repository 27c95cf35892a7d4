"""Answers the judge's requests for the student's functions and objects, from inside their process.

Part of the text that the kernel gets: see `text`. The kernel itself goes on untouched. A fork of a
fork, the template, keeps the state as it was at the checkpoint, and forks a server for the judge's
requests; where that dies, or a call takes too long, a new server begins with the same state.
TensorFlow does not survive a fork: where it has run, the kernel answers in place.

`exchange` says what a message is. A request says what to `do` with `args` and `kwargs`, which are
nodes; `judge.remote` tells what an answer may be.
"""

from __future__ import annotations

import copy
import io
import json
import operator
import os
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from autograder.sandbox.handles import Table, is_own
from autograder.wall.exchange import packed, random_state, send, set_random_state
from autograder.wall.values import Reader, Writer

PRINTED = 1 << 20
"""The most characters that one call may print."""
ROOM = 1 << 30
"""How many bytes of address space a server may add to those that it begins with."""


def serve(namespace: dict[str, object], table: Table, door: str) -> None:
    """Connect to the judge at the path `door`, and have its requests answered."""
    place = os.open(os.path.dirname(door), os.O_RDONLY | os.O_DIRECTORY)  # noqa: PTH120
    channel = socket.socket(socket.AF_UNIX)
    # A socket's path may not be long.
    channel.connect(f"/proc/self/fd/{place}/{os.path.basename(door)}")  # noqa: PTH119
    os.close(place)
    if tensorflow_has_run():
        Server(channel, namespace, table).answer_in_place()
    else:
        fork_twice(channel, namespace, table)
    channel.close()


def tensorflow_has_run() -> bool:
    """Whether TensorFlow has begun to compute in this process; a fork of it would hang."""
    eager = sys.modules.get("tensorflow.python.eager.context")
    context = getattr(eager, "_context", None)
    return getattr(context, "_context_handle", None) is not None


def fork_twice(channel: socket.socket, namespace: dict[str, object], table: Table) -> None:
    """Start the template, as nobody's child: no zombie stays with the kernel."""
    child = fork()
    if child == 0:
        if fork() == 0:
            os.setsid()  # an interrupt of the kernel is not for it
            keep_serving(channel, namespace, table)
        os._exit(0)
    os.waitpid(child, 0)


def fork() -> int:
    """Fork without the warning of threads: none of them is in the fork."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return os.fork()


def keep_serving(channel: socket.socket, namespace: dict[str, object], table: Table) -> NoReturn:
    """Be the template: fork a server, and another one when it ends, until the judge is done."""
    events = select.poll()
    events.register(channel, select.POLLIN | select.POLLRDHUP)
    try:
        while not any(event & select.POLLRDHUP for _, event in events.poll()):
            server = fork()
            if server == 0:
                os.setpgid(0, 0)
                Server(channel, namespace, table).answer_for_good()
            how = end_of(server, channel)
            if how is None:
                break
            send(channel, {"ended": how})
            table.next += 1 << 20  # what the last one made is gone: its numbers name nothing
    finally:
        os._exit(0)


def end_of(server: int, channel: socket.socket) -> str | None:
    """Wait until a server has ended, and say how; None where the judge is done."""
    handle = os.pidfd_open(server)
    events = select.poll()
    events.register(channel, select.POLLRDHUP)
    events.register(handle, select.POLLIN)
    is_over = any(descriptor != handle for descriptor, _ in events.poll())
    os.close(handle)
    for group in (os.kill, os.killpg):  # it, and the processes that it started
        with suppress(ProcessLookupError):
            group(server, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(server, 0)[1])
    if is_over:
        return None
    if code == -signal.SIGALRM:
        return "late"
    return f"signal {-code}" if code < 0 else f"exit code {code}"


class TooLate(BaseException):
    """A call in place takes too long."""


class Server:
    """Answers requests, one after the other, until the judge closes the connection."""

    def __init__(self, channel: socket.socket, namespace: dict[str, object], table: Table) -> None:
        self.channel = channel
        self.namespace = namespace
        self.table = table
        self.random = random_state()

    def answer_for_good(self) -> NoReturn:
        """Answer in a process of its own, and end with the connection."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            without_shell()
            limit_memory()
            while self.answer():
                pass
        finally:
            os._exit(0)

    def answer_in_place(self) -> None:
        """Answer in the kernel's own process, which goes on afterwards."""

        def stop(*_: object) -> NoReturn:
            raise TooLate

        before = signal.signal(signal.SIGALRM, stop), sys.stdout, sys.stderr
        try:
            while True:
                try:
                    if not self.answer():
                        return
                except TooLate:
                    send(self.channel, {"ended": "late"})
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            handler, sys.stdout, sys.stderr = before
            signal.signal(signal.SIGALRM, handler)

    def answer(self) -> bool:
        """Answer one request; return whether there was one."""
        received = receive(self.channel)
        if received is None:
            return False
        head, blobs = received
        sys.stdout, sys.stderr = printed = Printed(), Printed()
        signal.setitimer(signal.ITIMER_REAL, head["seconds"], 1.0)  # again, if it is caught
        writer = Writer(remote=self.table.node)
        try:
            reply = self.reply(head, Reader(blobs, self.table.read), writer)
        except TooLate:
            raise
        except BaseException as error:  # noqa: BLE001 - it is for the judge to raise
            writer = Writer(remote=self.table.node)
            reply = self.raised(error, writer)
        reply |= {"id": head["id"], "printed": printed[0].getvalue()}
        state = random_state()
        if state != self.random:
            self.random = state
            reply["random"] = packed(state)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(self.channel, reply, writer.blobs)
        return True

    def reply(self, head: dict[str, Any], reader: Reader, writer: Writer) -> dict[str, object]:
        """Do what a request asks for, and return its result with the arguments that it changed."""
        if "random" in head:
            set_random_state(head["random"])
            self.random = random_state()
        arguments = {i: reader.value(node) for i, node in enumerate(head["args"])}
        keywords = {name: reader.value(node) for name, node in head["kwargs"].items()}
        nodes = {**dict(enumerate(head["args"])), **head["kwargs"]}
        before = {
            key: (nodes[key], snapshot(value))
            for key, value in {**arguments, **keywords}.items()
            if nodes[key]["t"] != "remote" and is_mutable(value)
        }
        result = OPERATIONS[head["do"]](self, *arguments.values(), **keywords)
        changed, reply = [], {}
        for key, (_, earlier) in before.items():
            value = {**arguments, **keywords}[key]
            if snapshot(value) != earlier:
                changed.append([key, writer.node(value)])
            if value is result:
                reply = {"returned": key}
        return (reply or {"value": writer.node(result)}) | {"changed": changed}

    def raised(self, error: BaseException, writer: Writer) -> dict[str, object]:
        """Return what the judge is told of an exception."""
        names = [each.__name__ for each in type(error).__mro__][:20]
        try:
            text = str(error)[:10_000]
        except BaseException:  # noqa: BLE001 - the student's own
            text = ""
        raised: dict[str, object] = {
            "names": names,
            "text": text,
            "args": [writer.node(part) for part in error.args],
        }
        if is_own(type(error)):
            raised["class"] = self.table.number(type(error))
        return {"raised": raised}

    def find(self, name: str) -> object:
        """Return what the notebook calls so now."""
        return self.namespace[name]


def is_mutable(value: object) -> bool:
    """Whether a value of a test can be changed by who gets it."""
    try:
        hash(value)
    except TypeError:
        return True
    return False


def snapshot(value: object) -> object:
    """Return something that is equal as long as a value is unchanged."""
    writer = Writer()
    return json.dumps(writer.node(value)), [bytes(blob) for blob in writer.blobs]


def call(_: Server, function: Any, /, *args: object, **kwargs: object) -> object:
    """Call what the student made."""
    return function(*args, **kwargs)


def plain(function: Callable[..., object]) -> Callable[..., object]:
    """Return an operation that needs nothing of the server."""
    return lambda _, *args, **kwargs: function(*args, **kwargs)


OPERATORS = (
    "getitem setitem delitem eq ne lt le gt ge neg pos abs invert add sub mul truediv floordiv mod "
    "pow matmul and_ or_ xor lshift rshift"
)
OPERATIONS: dict[str, Callable[..., object]] = {
    "call": call,
    "find": Server.find,
    "same": lambda _, value: value,
    **{f.__name__: plain(f) for f in (getattr, setattr, delattr, iter, next, len, repr, str)},
    **{f.__name__: plain(f) for f in (format, round, dir, copy.copy, copy.deepcopy)},
    **{name: plain(getattr(operator, name)) for name in OPERATORS.split()},
}


class Printed(io.StringIO):
    """What a call prints; beyond a limit it is lost."""

    def write(self, text: str) -> int:
        """Keep a text while there is room."""
        if self.tell() < PRINTED:
            super().write(text[:PRINTED])
        return len(text)


def without_shell() -> None:
    """Have figures and displays go nowhere: the threads that send them are not in the fork."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        shell.display_pub.publish = lambda *_, **__: None
        shell.showtraceback = lambda *_, **__: None


def limit_memory() -> None:
    """Let a recursion without end fail here, and not the whole submission."""
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        used = int(file.read().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limits = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    limit = min([used + ROOM, *limits])
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


# ------------------------------------------------------------------ messages


def receive(channel: socket.socket) -> tuple[dict[str, Any], list[bytearray]] | None:
    """Receive one message; None where the other side is done."""
    length = exactly(channel, 4)
    if length is None:
        return None
    text = exactly(channel, struct.unpack("!I", length)[0])
    if text is None:
        return None
    head = json.loads(text)
    blobs = [exactly(channel, size) for size in head["blobs"]]
    return None if None in blobs else (head, blobs)  # type: ignore[return-value]


def exactly(channel: socket.socket, size: int) -> bytearray | None:
    """Receive so many bytes; None where the connection ends before."""
    data = bytearray(size)
    view, done = memoryview(data), 0
    while done < size:
        count = channel.recv_into(view[done:])
        if count == 0:
            return None
        done += count
    return data
