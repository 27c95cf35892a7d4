"""Drives one notebook through its confined kernel, and stops at each checkpoint.

nbclient runs the pieces. An exception in a cell does not stop the notebook (Otter's rule); a cell
that takes too long is interrupted, and only a kernel that does not react is ended.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any, NoReturn

import nbformat
import zmq
from jupyter_client import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from autograder.errors import KitError
from autograder.records import CellError, Piece, Problem
from autograder.sandbox import checkpoint, raised, text
from autograder.sandbox.client import OnCheckpoint, OnError
from autograder.sandbox.received import OUTPUTS_BYTES, CappedClient, SentTooMuchError
from autograder.wall.confine import OUT
from autograder.wall.messages import DriverRequest, Ended, Report

REACT_SECONDS = 8.0
"""How long an interrupted kernel may take to answer before it is ended."""
CAPTURE_SECONDS = 60.0
IN_PLACE_SECONDS = 0.2
"""How long a probe that has connected may take to reply, before it counts as answering in place."""
DEAF_SECONDS = 1


async def run(
    manager: AsyncKernelManager, request: DriverRequest, judge: OnCheckpoint, go_on: OnError
) -> Report:
    """Run a notebook's pieces in a kernel.

    While it waits, `judge` is called for each question, `go_on` for each exception.
    """
    notebook = Run(manager, request, judge, go_on)
    try:
        return await notebook.everything()
    finally:
        notebook.stop()


class _Over(Exception):  # noqa: N818 - not an error: the way out
    """The kernel has ended; the report says why."""


def _forged(where: str, error: Exception) -> Problem:
    if isinstance(error, SentTooMuchError):
        return Problem("sent too much", {"where": where})
    if isinstance(error, zmq.ZMQError):
        return Problem("connection closed", {"where": where})
    return Problem("kernel forged", {"where": where, "error": type(error).__name__})


def _failure(content: Mapping[str, Any]) -> str:
    """Say why code failed, after the kernel's reply; empty where it did not."""
    if content.get("status") == "ok":
        return ""
    return f"{content.get('ename')}: {content.get('evalue')}"[:200]


class Run:
    """One notebook on its way through the kernel."""

    def __init__(
        self,
        manager: AsyncKernelManager,
        request: DriverRequest,
        judge: OnCheckpoint,
        go_on: OnError,
    ) -> None:
        self._manager = manager
        self._request = request
        self._limits = request.kernel.limits
        self._checkpoint = judge
        self._go_on = go_on
        self._captures = 0
        self._begun = 0
        """How many pieces were begun."""
        self._notebook = nbformat.v4.new_notebook()
        """A cell for each part of a piece that was run as one."""
        self._pieces: list[int] = []
        """The piece of each of these cells."""
        self._client = CappedClient(self._notebook, manager, self._limits)
        self._errors: set[int] = set()
        """The cells that a mistake or our limit ended."""
        self._problems: list[Problem] = []
        self._why: Problem | None = None
        """Why the kernel ended early."""

    async def everything(self) -> Report:
        """Run all pieces, then judge what is left."""
        try:
            await self._connect()
            for index, piece in enumerate(self._request.pieces):
                self._begun = index + 1
                if piece.cell not in self._errors or piece.is_check:
                    rest: str | None = piece.source
                    while rest:
                        rest = await self._part(index, rest)
                for question in piece.checkpoints:
                    await self._judge(question)
            for question in self._request.at_end:
                await self._judge(question)
            await self._manager.provisioner.look()
            if self._manager.session.too_much:
                self._why = Problem("sent too much", {"where": "the last cell"})
        except _Over:
            pass
        outputs = self._outputs()
        for index in self._client.cells_cut():
            cell = self._request.pieces[self._pieces[index]].cell + 1
            kilobytes = self._limits.cell_output_kb
            self._problems.append(Problem("output cut", {"cell": cell, "kilobytes": kilobytes}))
        provisioner = self._manager.provisioner
        return Report(
            problems=tuple(self._problems),
            ended=self._why,
            outputs=outputs,
            core_seconds=round(provisioner.core_seconds, 2),
            memory_mb=round(provisioner.memory_mb, 1),
            killed=bool(self._why) and provisioner.ended is Ended.KILLED,
        )

    def _outputs(self) -> tuple[str, ...]:
        """Return what each piece printed and showed, up to a limit over all cells."""
        parts: list[list[Any]] = [[] for _ in range(self._begun)]
        for index, cell in zip(self._pieces, self._notebook.cells, strict=True):
            parts[index] += cell.outputs
        outputs, left = [], OUTPUTS_BYTES
        for part in parts:
            try:
                text = json.dumps(part)
            except (ValueError, TypeError, RecursionError):
                text = "[]"  # no kernel sends such a thing
            left -= len(text)
            outputs.append(text if left >= 0 else "[]")
        if left < 0 or self._client.kept > OUTPUTS_BYTES:
            self._problems.append(Problem("output cut in all", {"megabytes": OUTPUTS_BYTES >> 20}))
        return tuple(outputs)

    def stop(self) -> None:
        """Close the channels, before the kernel and its sockets go.

        Only those that are open: `stop_channels` would connect the others, wherever they lead now.
        """
        if self._client.kc is not None:
            self._client.kc.shell_channel.stop()
            self._client.kc.iopub_channel.stop()

    async def _connect(self) -> None:
        """Connect to the kernel, and wait until it answers and its output reaches us."""
        kc = self._client.kc = self._manager.client(context=self._manager.context)
        kc.start_channels(hb=False, stdin=False)
        kc.allow_stdin = False
        deadline = time.monotonic() + 30
        waiting = {"kernel_info_reply", "status"}
        kc.kernel_info()
        while waiting:
            for channel in (kc.iopub_channel, kc.shell_channel):
                if await channel.msg_ready():
                    waiting.discard((await channel.get_msg())["msg_type"])
            if time.monotonic() > deadline:
                raise KitError("a kernel that started did not answer")
            if "status" in waiting and "kernel_info_reply" not in waiting:
                waiting.add("kernel_info_reply")
                kc.kernel_info()  # we subscribed too late to hear of the first
            await asyncio.sleep(0.002)

    async def _part(self, index: int, source: str) -> str | None:
        """Run a piece, or the rest of it, within the cell's time; return what is still to be run.

        Where it raised, that is for others to say: a mistake ends its cell.
        """
        piece, number = self._request.pieces[index], len(self._pieces)
        cell = nbformat.v4.new_code_cell(source)
        self._notebook.cells.append(cell)
        self._pieces.append(index)
        has_raised = False
        try:
            await self._client.async_execute_cell(cell, number)
            self._hear(number, piece)
            has_raised = number in self._client.raised
        except CellTimeoutError:
            where = self._where(index, piece)
            seconds = self._limits.cell_seconds
            self._problems.append(Problem("cell too slow", {"where": where, "seconds": seconds}))
            self._errors.add(piece.cell)
            await self._interrupt(where)
        except DeadKernelError:
            await self._ended(self._where(index, piece))
        except Exception as error:  # noqa: BLE001 - what forged messages provoke in nbclient
            where = self._where(index, piece)
            await self._ended(where, _forged(where, error))
        below_a_magic = source.lstrip().startswith("%%")  # some show exceptions, and raise none
        has_raised = has_raised or any(each.output_type == "error" for each in cell.outputs)
        if not (has_raised or below_a_magic) or piece.cell in self._errors:
            return None
        claim = None if piece.is_check else await self._claim(index, below_a_magic=below_a_magic)
        rest = await asyncio.to_thread(self._go_on, index, claim) if claim else None
        if rest is None and has_raised:
            self._errors.add(piece.cell)
        return rest

    async def _claim(self, index: int, *, below_a_magic: bool) -> CellError | None:
        """Ask the kernel what was raised."""
        where = self._where(index, self._request.pieces[index])
        reply = await self._ask(
            where, "", CAPTURE_SECONDS, raised=raised.question(below_a_magic=below_a_magic)
        )
        return raised.answer(reply)

    def _hear(self, number: int, piece: Piece) -> None:
        """Where a message was so large that the connection ended, do not wait for more."""
        deaf = piece.source.strip() and number not in self._client.heard
        if deaf and self._client.iopub_timeout > DEAF_SECONDS:
            self._client.iopub_timeout = DEAF_SECONDS
            self._problems.append(Problem("output lost", {"cell": piece.cell + 1}))

    def _where(self, index: int, piece: Piece) -> str:
        """Name the question that a piece belongs to: the next one that is checked."""
        for later in self._request.pieces[index:]:
            for question in later.checkpoints:
                return f"{question} (cell {piece.cell + 1})"
        return f"cell {piece.cell + 1}"

    async def _interrupt(self, where: str) -> None:
        """Interrupt the kernel; end it when it does not react."""
        await self._manager.interrupt_kernel()
        if _failure(await self._ask(where, "", REACT_SECONDS)):
            await self._ended(where, Problem("interrupt ignored", {"where": where}))

    async def _ask(
        self, where: str, code: str, seconds: float, **expressions: str
    ) -> dict[str, Any]:
        """Run code silently; return the reply's content. Leaves if the kernel has ended."""
        try:
            return await self._execute(code, seconds, expressions)
        except DeadKernelError:
            await self._ended(where)
        except Exception as error:  # noqa: BLE001 - what forged messages provoke
            await self._ended(where, _forged(where, error))

    async def _execute(
        self, code: str, seconds: float, expressions: Mapping[str, str]
    ) -> dict[str, Any]:
        """Run code silently; return the reply's content, hostile as it is."""
        kc = self._client.kc
        message = kc.execute(
            code,
            silent=True,
            store_history=False,
            user_expressions=dict(expressions),
            allow_stdin=False,
        )
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not await kc.shell_channel.msg_ready():
                if await self._manager.provisioner.poll() is not None:
                    raise DeadKernelError("the kernel ended")
                await asyncio.sleep(0.002)
                continue
            reply = await kc.shell_channel.get_msg()
            if reply["parent_header"].get("msg_id") == message:
                return dict(reply["content"])
        return {"ename": "no answer", "evalue": f"in {seconds:g} s"}

    async def _ended(self, where: str, why: Problem | None = None) -> NoReturn:
        """Note why the kernel ended (it is ended if it has not), and leave."""
        if await self._manager.provisioner.poll() is None:
            await self._manager.provisioner.kill()
        how = self._manager.provisioner.ended
        if self._manager.session.too_much:
            self._why = Problem("sent too much", {"where": where})
            raise _Over
        if how in (Ended.GUARD, Ended.OUTSIDE):
            raise KitError(f"{where}: a process around the notebook was killed from outside")
        self._why = why or self._limit_broken(how, where)
        raise _Over

    def _limit_broken(self, how: Ended | None, where: str) -> Problem:
        """Say which limit the guard ended the kernel for, or that it ended by itself."""
        megabytes, seconds = self._limits.memory_mb, self._limits.submission_seconds
        limits = {
            Ended.CPU: Problem("too much processor time", {"where": where, "seconds": seconds}),
            Ended.FILES: Problem("too many files", {"where": where}),
            Ended.MEMORY: Problem("too much memory", {"where": where, "megabytes": megabytes}),
            Ended.PROCESSES: Problem("too many processes", {"where": where}),
            Ended.TIME: Problem("too long", {"where": where, "seconds": seconds}),
        }
        other = Problem("process ended", {"where": where})
        return limits.get(how, other) if how else other

    async def _judge(self, question: str) -> None:
        """Have the variables of a question written, and judge them.

        Where the kernel answers the judge itself, it replies when that is over.
        """
        self._captures += 1
        self._client.leave_displays()
        path, provisioner = f"{OUT}/{self._captures}", self._manager.provisioner
        inside = provisioner.prefix + path
        await provisioner.look()
        used = provisioner.core_seconds
        with checkpoint.door(question, provisioner.root, f"{path}.s") as door:
            names = self._request.variables[question]
            code = text.capturing(names, inside, f"{inside}.s" if door else "")
            seconds = CAPTURE_SECONDS + self._limits.judge_seconds
            asked = asyncio.create_task(self._ask(question, code, seconds))
            channel = await checkpoint.visitor(door, asked)
        try:
            await asyncio.wait({asked}, timeout=IN_PLACE_SECONDS)
            if not (answers_in_place := not asked.done()):
                await self._hear_of(question, asked)
            descriptors = () if channel is None else (channel.fileno(),)
            with checkpoint.folder(question, provisioner.root, path) as folder:
                await asyncio.to_thread(self._checkpoint, question, (folder, *descriptors), used)
            if answers_in_place:
                await self._hear_of(question, asked)
        finally:
            asked.cancel()
            if channel is not None:
                channel.close()
        cleanup = f"__import__('shutil').rmtree({inside!r}, True)"
        await self._ask(question, cleanup, CAPTURE_SECONDS)

    async def _hear_of(self, question: str, asked: asyncio.Task[dict[str, Any]]) -> None:
        """Hear what the probe replies, or interrupt it."""
        await asyncio.wait({asked}, timeout=REACT_SECONDS)
        if not asked.done():
            asked.cancel()
            await self._interrupt(question)
        elif failure := _failure(asked.result()):
            self._problems.append(
                Problem("variables unread", {"question": question, "error": failure})
            )
            await self._interrupt(question)
