"""Warm processes: they import everything once, then fork for each submission.

`Zygote` is the caller's side. `serve` is the loop of the process itself, which must have run no
TensorFlow operation: a fork of a process that did would hang in `fit`.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

from autograder.confine import Level
from autograder.errors import KitError
from autograder.levels import wrapper

START_SECONDS = 300.0
MAX_THREADS = 2
ANSWER_SECONDS = 10.0
"""How long a warm process may take to answer; it does nothing but fork."""
_READY = b"R"
_FORK = b"F"
_PING = b"P"
_ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
}


class Zygote:
    """The caller's side of a warm process with a cleared environment and a private home."""

    def __init__(
        self, module: str, arguments: Sequence[str], level: Level, shown: Sequence[Path]
    ) -> None:
        self._module = module
        self._arguments = arguments
        self._level = level
        self._shown = shown
        self._lock = threading.Lock()
        self._ending = False

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ending = True
        self._stop()

    def _start(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=scratch_prefix()))
        self.folder.chmod(0o711)  # a submission's own user passes through it
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - `_stop` closes it
        self._control, theirs = socket.socketpair()
        home = self.folder / "home"
        home.mkdir()
        private = {"HOME": str(home), "TMPDIR": str(self.folder), "KERAS_HOME": f"{home}/.keras"}
        command = [
            *wrapper(self._level, [str(path) for path in self._shown], [str(self.folder)]),
            *(sys.executable, "-P", "-m", self._module, str(theirs.fileno()), *self._arguments),
        ]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._log,
                start_new_session=True,
                env={**_ENVIRONMENT, **private},
            )

    def _stop(self) -> None:
        self._control.close()
        self._process.kill()
        self._process.wait()
        self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def revive(self) -> None:
        """Start the process anew if it has ended or does not answer. Raises KitError."""
        with self._lock:
            if not self._ending and not self._answers():
                self._stop()
                self._start()
                self.wait_until_ready()

    def _answers(self) -> bool:
        self._control.settimeout(ANSWER_SECONDS)
        try:
            self._control.sendall(_PING)
            return self._control.recv(1) == _PING
        except OSError:
            return False
        finally:
            self._control.settimeout(None)

    def wait_until_ready(self) -> None:
        """Return when the process can fork. Raises KitError where it cannot start."""
        self._control.settimeout(START_SECONDS)
        try:
            ready = self._control.recv(1)
        except TimeoutError:
            ready = b""
        if ready != _READY:
            raise KitError(f"{self._module} did not start: {self.last_words()}")

    def connect(self) -> socket.socket:
        """Have the process fork; return the socket to the fork. Raises KitError."""
        ours, theirs = socket.socketpair()
        try:
            with theirs, self._lock:
                socket.send_fds(self._control, [_FORK], [theirs.fileno()])
        except OSError:
            ours.close()
            why = "is being ended" if self._ending else f"has ended: {self.last_words()}"
            raise KitError(f"{self._module} {why}") from None
        return ours

    def last_words(self) -> str:
        """The last line that the process or one of its forks wrote to its error stream."""
        if self._log.closed:
            return "no message"
        self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, self._log.tell() - 4_000))
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "no message"


def scratch_prefix() -> str:
    """How the names of this process' temporary folders begin."""
    return f"autograder-{os.getpid()}-"


def sweep() -> None:
    """Remove the temporary folders of graders that were killed."""
    for folder in Path(tempfile.gettempdir()).glob("autograder-*-*"):
        pid = folder.name.split("-")[1]
        if pid.isdecimal() and not psutil.pid_exists(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def serve(control_fd: int, session: Callable[[socket.socket], Any]) -> None:
    """Fork for each descriptor that arrives, and run `session` on it; until the socket closes."""
    control = socket.socket(fileno=control_fd)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    control.sendall(_READY)
    while True:
        word, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not word:
            return
        if word == _PING:
            control.sendall(_PING)
            continue
        _check_threads()
        if os.fork() == 0:
            control.close()
            _run(session, descriptors[0])
        os.close(descriptors[0])


def _check_threads() -> None:
    """Refuse to fork a process with threads of its own: their locks would stay locked."""
    status = Path("/proc/self/status")
    if not status.exists():
        return
    count = int(status.read_text().split("Threads:")[1].split()[0])
    if count > MAX_THREADS:
        raise SystemExit(f"{count} threads where at most {MAX_THREADS} may be before a fork")


def _run(session: Callable[[socket.socket], Any], descriptor: int) -> None:
    """Run one session in its fork; never returns."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        session(socket.socket(fileno=descriptor))
        status = 0
    except BaseException:  # noqa: BLE001 - the fork ends here, whatever happened
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)
