"""What becomes of a fork: an ordinary ipykernel on Unix sockets.

Runs inside the sandbox. It knows the public tests and the data that students have, nothing else.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from autograder import UNUSED
from autograder.sandbox import speed
from autograder.wall.confine import HOME, RUN, TMP, WORK
from autograder.wall.messages import KernelRequest
from autograder.wall.supplies import import_modules, seed_everything

if TYPE_CHECKING:
    import zmq
    from ipykernel.kernelapp import IPKernelApp
    from IPython.core.interactiveshell import InteractiveShell

_LAZY = (
    "IPython.core.application",
    "IPython.core.completerlib",
    "IPython.core.pylabtools",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "matplotlib.backends.backend_agg",
    "matplotlib.pyplot",
    "matplotlib_inline.config",
    "nbformat",
    "otter.check.notebook",
    "otter.test_files",
    "tensorflow.keras",
    "tornado.platform.asyncio",
)
"""What packages import when first used; a name that a later version lacks costs time, no more."""
_PORTS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
READY = b"ready"


def import_everything(imports: tuple[str, ...]) -> None:
    """Import what an assignment's notebooks import, so that a fork does not wait for it."""
    importlib.import_module("ipykernel")
    _import_otter()
    import_modules(imports)
    for name in _LAZY:
        if name.partition(".")[0] in sys.modules:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
    for name in UNUSED:
        sys.modules.pop(name, None)  # notebooks find all that is installed
    if "keras" in sys.modules:
        speed.install()
    _render_an_exception()


def _import_otter() -> None:
    """Import Otter without the part of it that grades: that takes pandas along, and half a second.

    A notebook that asks for it gets it.
    """
    name = "otter.run"
    unread = sys.modules[name] = ModuleType(name)
    vars(unread)["main"] = lambda *args, **options: importlib.import_module(name).main(
        *args, **options
    )
    importlib.import_module("otter")
    del sys.modules[name]


def _render_an_exception() -> None:
    """Have IPython read what it reads for the first exception: seconds on a busy machine."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.core.ultratb import AutoFormattedTB

    try:
        InteractiveShell.run_line_magic(None, "", "")  # type: ignore[arg-type, unused-ignore]
    except AttributeError as error:
        AutoFormattedTB().structured_traceback(type(error), error, error.__traceback__)


def connection(place: str, key: str) -> dict[str, str | int]:
    """Return what Jupyter calls a connection file: Unix sockets in a folder, messages signed."""
    ports = {port: number for number, port in enumerate(_PORTS, 1)}
    signed = {"key": key, "signature_scheme": "hmac-sha256"}
    return {"transport": "ipc", "ip": f"{place}/k", **signed, **ports}


def serve(request: KernelRequest, root: str, ready: int) -> None:
    """Become the kernel that `request` asks for; returns when it is shut down.

    `root` stands before the writable folders where there is no root of our own. A byte is
    written to the descriptor `ready` when all sockets are bound; no other one stays open.
    """
    os.closerange(3, ready)
    os.closerange(ready + 1, 65_536)
    _fresh_process(root)
    seed_everything(request.seed)
    path = Path(f"{root}{RUN}/kernel.json")
    place = os.path.relpath(RUN, WORK) if root else RUN  # a socket's path may not be long
    path.write_text(json.dumps(connection(place, request.key)))
    app_class = _kernel_app()
    app = app_class.instance()
    app.initialize(
        [
            "-f",
            str(path),
            "--HistoryManager.enabled=False",
            "--HistoryManager.hist_file=:memory:",
            "--IPKernelApp.log_level=50",
        ]
    )
    _show_figures(app.shell)
    _shell_without_terminal(app.shell)
    _debugger_without_person()
    os.write(ready, READY)
    os.close(ready)
    app.start()


def _fresh_process(root: str) -> None:
    """Reset what a fork inherits: environment, folders, signals, standard streams."""
    os.setsid()
    os.umask(0o022)
    os.environ.clear()
    os.environ.update(
        HOME=f"{root}{HOME}",
        TMPDIR=f"{root}{TMP}",
        IPYTHONDIR=f"{root}{HOME}/.ipython",
        MPLCONFIGDIR=f"{root}{HOME}/.matplotlib",
        KERAS_HOME=f"{root}{HOME}/.keras",
        PATH=f"{sys.prefix}/bin:/usr/local/bin:/usr/bin:/bin",
        LANG="C.UTF-8",
        TF_CPP_MIN_LOG_LEVEL="3",
        TF_NUM_INTRAOP_THREADS="1",
        TF_NUM_INTEROP_THREADS="1",
        OMP_NUM_THREADS="1",
        OPENBLAS_NUM_THREADS="1",
        CUDA_VISIBLE_DEVICES="-1",
    )
    tempfile.tempdir = f"{root}{TMP}"
    os.chdir(f"{root}{WORK}")
    sys.argv = ["ipykernel_launcher"]
    sys.path[:] = ["", *(path for path in sys.path if path)]
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)


def _show_figures(shell: InteractiveShell) -> None:
    """Have figures shown below their cells, as in every notebook.

    Matplotlib reads the environment for that when it is imported, which was before the fork where
    the assignment imports it. Else it does so where the notebook imports it.
    """
    if "matplotlib" not in sys.modules:
        return
    from matplotlib_inline.backend_inline import configure_inline_support

    backend = os.environ["MPLBACKEND"]
    sys.modules["matplotlib"].rcParams["backend"] = backend
    configure_inline_support(shell, backend)


def _shell_without_terminal(shell: InteractiveShell) -> None:
    """Have shell lines use pipes: there is no terminal for IPython's way, which raises.

    What a command lacks here it says as in a shell, and `_exit_code` tells. What is written to
    `sys.stdout` is the output of the student's own cell.
    """

    def system(command: str) -> None:
        expanded = shell.var_expand(command, depth=1)
        try:
            process = subprocess.Popen(  # noqa: S603 - the student's own, confined as all is
                ["/bin/sh", "-c", expanded],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
        except OSError as error:
            sys.stdout.writelines([f"sh: {error.strerror}\n"])
            shell.user_ns["_exit_code"] = 126
            return
        with process:
            sys.stdout.writelines(process.stdout or ())
        shell.user_ns["_exit_code"] = process.returncode

    shell.system = system


def _debugger_without_person() -> None:
    """Go on where code would stop for a debugger."""
    import pdb

    from IPython.core import debugger

    def go_on(*_: object, **__: object) -> None:
        sys.stdout.writelines(["Nobody debugs a notebook that is graded: it went on here.\n"])

    sys.breakpointhook = pdb.set_trace = debugger.set_trace = go_on


def _kernel_app() -> type[IPKernelApp]:
    """Return ipykernel's application, without the TCP port that it opens even when asked not to."""
    import zmq
    from ipykernel.iostream import IOPubThread
    from ipykernel.kernelapp import IPKernelApp

    class KernelApp(IPKernelApp):  # type: ignore[misc, unused-ignore]
        name = "ipython-kernel"

        def init_pdb(self) -> None:
            """Leave Python's own debugger alone: doctest, loaded before, derives from it."""

        def init_iopub(self, context: zmq.Context[zmq.Socket[bytes]]) -> None:
            self.iopub_socket = context.socket(zmq.XPUB)
            self.iopub_socket.linger = 1000
            self.iopub_port: int = self._bind_socket(self.iopub_socket, self.iopub_port)
            self.configure_tornado_logger()
            self.iopub_thread = IOPubThread(self.iopub_socket, pipe=False, session=self.session)
            self.iopub_thread.start()
            self.iopub_socket = self.iopub_thread.background_socket

    return KernelApp
