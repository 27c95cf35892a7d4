"""Runs a command as an ordinary user, and where user namespaces are refused.

Both also where Python lies in root's own folder.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

_HERE = Path(__file__).parent


def command(arguments: Sequence[str], user: int, *, namespaces: bool = True) -> list[str]:
    """Return a command that runs `arguments` as `user`, or unchanged where we are an ordinary user.

    A Python below /root is shown to everyone, in a mount namespace of the command's own. `user` 0
    stays root, and gets that view only. Without `namespaces`, the kernel refuses new user namespaces
    to an ordinary user, as it does in many containers: the limit holds for the command only.
    """
    if not namespaces and user != 0:
        inside = ["unshare", "--user", "--map-current-user", "--keep-caps", "bash"]
        arguments = [*inside, str(_HERE / "refused.sh"), *arguments]
    if os.geteuid() != 0:
        return list(arguments)
    base = os.path.realpath(sys.base_prefix)
    shell = ["bash", str(_HERE / "ordinary.sh"), base, str(user), *arguments]
    return ["unshare", "--mount", "--propagation", "private", *shell]


def missing() -> str:
    """Say what `command` would need and is not installed."""
    if os.geteuid() != 0:
        return ""
    return ", ".join(each for each in ("unshare", "setpriv") if shutil.which(each) is None)
