"""Warm processes: they import everything once, then fork for each submission.

`Zygote` is the caller's side. `serve` is the loop of the process itself, which must have run no
TensorFlow operation: a fork of a process that did would hang in `fit`.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

import psutil

from autograder.errors import KitError
from autograder.wall.confine import Level
from autograder.wall.levels import wrapper

START_SECONDS = 300.0
MAX_THREADS = 2
ANSWER_SECONDS = 20.0
"""How long a warm process may take to answer; it does nothing but fork."""
LAST_BYTES = 64 << 10
"""How much of what a process wrote to its error stream is read at once: the end."""
REMOVE_SECONDS = 1.0
"""How long what was killed may still write into its folder."""
_READY = b"R"
_FORK = b"F"
_PING = b"P"
_BEGUN = b"B"
_ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else each kernel warns of its debugger
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
}
_log = logging.getLogger("autograder.wall")


class Zygote:
    """The caller's side of a warm process with a cleared environment and a private home."""

    def __init__(
        self,
        module: str,
        arguments: Sequence[str],
        level: Level,
        shown: Sequence[Path],
        writable: Sequence[str] = (),
    ) -> None:
        """Where bubblewrap stands around it, it reads `shown` and may write `writable`."""
        self._module = module
        self._arguments = arguments
        self._level = level
        self._shown = shown
        self._writable = writable
        self._lock = threading.Lock()
        self._ending = False
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._begun = ExitStack()
        # bubblewrap ends with the thread that started it: one that is there as long as we are.
        self._keeper = ThreadPoolExecutor(1, thread_name_prefix="zygote")

    def __enter__(self) -> Self:
        try:
            self._keeper.submit(self._start).result()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        """End for good, also while another thread revives the process."""
        with self._starting:
            self._ending = True
            if self._process is not None:
                self._process.kill()
        self._keeper.shutdown()
        with self._lock:
            self._begun.close()

    def _start(self) -> None:
        """Start the process; where that fails, nothing is left of it."""
        with ExitStack() as stack:
            folder = Path(tempfile.mkdtemp(prefix=scratch_prefix()))
            stack.callback(_remove, folder)
            folder.chmod(0o711)  # a submission's own user passes through it
            home = folder / "home"
            home.mkdir()
            self._errors, self._logged = stack.enter_context(tempfile.TemporaryFile()), 0
            stack.callback(self._log_errors)
            control, theirs = socket.socketpair()
            stack.callback(control.close)
            private = {"HOME": str(home), "TMPDIR": str(folder), "KERAS_HOME": f"{home}/.keras"}
            with theirs, self._starting:
                if self._ending:
                    raise KitError(f"{self._module} is being ended")
                process = subprocess.Popen(  # noqa: S603
                    self._command(theirs.fileno(), folder),
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=self._errors,
                    start_new_session=True,
                    env={**_ENVIRONMENT, **private},
                )
                stack.callback(process.wait)
                stack.callback(process.kill)
                self._process = process
            self.folder, self._control = folder, control
            self._begun = stack.pop_all()

    def _command(self, control: int, folder: Path) -> list[str]:
        return [
            *wrapper(self._level, [*map(str, self._shown)], [str(folder), *self._writable]),
            *(sys.executable, "-P", "-m", self._module, str(control), *self._arguments),
        ]

    def revive(self) -> None:
        """Start the process anew if it has ended or does not answer. Raises KitError."""
        with self._lock:
            self._log_errors()
            if not self._ending and not self._answers():
                _log.warning("%s has ended or hangs: it is started anew", self._module)
                self._begun.close()
                self._keeper.submit(self._start).result()
                self.wait_until_ready()

    def _answers(self) -> bool:
        try:
            self._control.settimeout(ANSWER_SECONDS)
            self._control.sendall(_PING)
            return self._control.recv(1) == _PING
        except OSError:
            return False

    def wait_until_ready(self) -> None:
        """Return when the process can fork. Raises KitError where it cannot start."""
        self._control.settimeout(START_SECONDS)
        try:
            ready = self._control.recv(1)
        except OSError:
            ready = b""
        if ready != _READY:
            raise KitError(f"{self._module} did not start: {self.last_words()}")
        self._log_errors(logging.DEBUG)  # what libraries say when they are loaded

    def connect(self) -> socket.socket:
        """Have the process fork; return the socket to the fork, which runs. Raises KitError."""
        ours, theirs = socket.socketpair()
        try:
            with theirs, self._lock:
                self._control.settimeout(ANSWER_SECONDS)
                socket.send_fds(self._control, [_FORK], [theirs.fileno()])
            ours.settimeout(ANSWER_SECONDS)
            if ours.recv(1) != _BEGUN:
                raise ConnectionError("it did not fork")
            ours.settimeout(None)
        except BaseException as error:
            ours.close()
            if not isinstance(error, OSError):
                raise
            why = "is being ended" if self._ending else f"failed ({error}): {self.last_words()}"
            raise KitError(f"{self._module} {why}") from None
        return ours

    def last_words(self) -> str:
        """The last line that the process or one of its forks wrote to its error stream."""
        lines = self._error_lines(0)
        return lines[-1] if lines else "no message"

    def _log_errors(self, level: int = logging.WARNING) -> None:
        """Write into the log what the error stream says that is not in it yet."""
        for line in self._error_lines(self._logged):
            _log.log(level, "%s: %s", self._module, line)
        with suppress(OSError, ValueError):
            self._logged = os.fstat(self._errors.fileno()).st_size

    def _error_lines(self, start: int) -> list[str]:
        """Read the error stream from a byte on; not by its position, which the forks write at."""
        try:
            end = os.fstat(self._errors.fileno()).st_size
            start = max(start, end - LAST_BYTES)
            return (
                os.pread(self._errors.fileno(), end - start, start)
                .decode(errors="replace")
                .strip()
                .splitlines()
            )
        except (OSError, ValueError):  # closed: another thread starts the process anew
            return []


def scratch_prefix() -> str:
    """How the names of this process' temporary folders begin."""
    return f"autograder-{os.getpid()}-"


def _remove(folder: Path) -> None:
    """Remove a folder into which what was killed may still write for a moment."""
    deadline = time.monotonic() + REMOVE_SECONDS
    shutil.rmtree(folder, ignore_errors=True)
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Remove the temporary folders of graders that were killed."""
    for folder in Path(tempfile.gettempdir()).glob("autograder-*-*"):
        pid = folder.name.split("-")[1]
        if pid.isdecimal() and not psutil.pid_exists(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def serve(control_fd: int, session: Callable[[socket.socket], None]) -> None:
    """Fork for each descriptor that arrives, and run `session` on it; until the socket closes."""
    control = socket.socket(fileno=control_fd)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.collect()
    gc.freeze()  # a collection in a fork would write to, and so copy, every page it shares with us
    control.sendall(_READY)
    while True:
        word, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not word:
            return
        if word == _PING:
            control.sendall(_PING)
        for descriptor in descriptors:  # none where there was none left for it
            try:
                _check_threads()
                child = os.fork()
            except OSError as error:  # no memory, descriptors, processes: the caller tries again
                sys.stderr.write(f"no fork: {error}\n")
                sys.stderr.flush()
            else:
                if child == 0:
                    control.close()
                    _run(session, descriptor)
            os.close(descriptor)


def _check_threads() -> None:
    """Refuse to fork a process with threads of its own: their locks would stay locked."""
    status = Path("/proc/self/status")
    if not status.exists():
        return
    count = int(status.read_text().split("Threads:")[1].split()[0])
    if count > MAX_THREADS:
        raise SystemExit(f"{count} threads where at most {MAX_THREADS} may be before a fork")


def _run(session: Callable[[socket.socket], None], descriptor: int) -> None:
    """Run one session in its fork; never returns."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        channel = socket.socket(fileno=descriptor)
        channel.sendall(_BEGUN)
        session(channel)
        status = 0
    except BaseException:  # noqa: BLE001 - the fork ends here, whatever happened
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)
