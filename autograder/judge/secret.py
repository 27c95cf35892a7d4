"""What only this installation knows: students cannot foresee in which order it asks a network."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

FILE = "judge.key"
_KEY = re.compile(r"[0-9a-f]{64}")


def of_installation() -> str:
    """Return the installation's secret: made once, for its user's eyes only, never in a sandbox.

    It lies in the user's cache folder. Marks do not rest on it, beyond rounding, so where it cannot
    be kept there, a new one is as good.
    """
    fresh = secrets.token_hex(32)
    with suppress(OSError, ValueError, RuntimeError):  # the last: there is no home
        cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
        path = cache / "autograder" / FILE
        if not path.exists():
            _keep(path, fresh)
        key = path.read_text(encoding="ascii", errors="replace")
        if _KEY.fullmatch(key):
            return key
        path.unlink()  # damaged: the next process makes it anew
    return fresh


def _keep(path: Path, key: str) -> None:
    """Write the file whole, for nobody else to read; of two processes both then read one key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as stream:
        stream.write(key)
        stream.flush()
        with suppress(FileExistsError):
            os.link(stream.name, path)
