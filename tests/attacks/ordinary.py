"""Runs a command as an ordinary user, and where user namespaces are refused.

Both also where Python lies in root's own folder.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence

_SCRIPT = """
set -e
if [ "${1#/root/}" != "$1" ]; then
  kept=$(mktemp -d)
  mount --bind "$1" "$kept"
  mount -t tmpfs -o mode=755 tmpfs /root
  mkdir -p "$1"
  mount --bind "$kept" "$1"
  umount "$kept"
  rmdir "$kept"
fi
as=$2
shift 2
if [ "$as" = 0 ]; then exec "$@"; fi
exec setpriv --reuid="$as" --regid="$as" --clear-groups env HOME=/ "$@"
"""

_REFUSED = """
echo 0 > /proc/sys/user/max_user_namespaces
exec setpriv --inh-caps=-all --ambient-caps=-all --bounding-set=-all "$@"
"""


def command(arguments: Sequence[str], user: int, *, namespaces: bool = True) -> list[str]:
    """Return a command that runs `arguments` as `user`, or unchanged where we are an ordinary user.

    A Python below /root is shown to everyone, in a mount namespace of the command's own. `user` 0
    stays root, and gets that view only. Without `namespaces`, the kernel refuses new user namespaces
    to an ordinary user, as it does in many containers: the limit holds for the command only.
    """
    if not namespaces and user != 0:
        inside = ["unshare", "--user", "--map-current-user", "--keep-caps", "bash", "-ec"]
        arguments = [*inside, _REFUSED, "refused", *arguments]
    if os.geteuid() != 0:
        return list(arguments)
    base = os.path.realpath(sys.base_prefix)
    shell = ["bash", "-c", _SCRIPT, "ordinary", base, str(user), *arguments]
    return ["unshare", "--mount", "--propagation", "private", *shell]


def missing() -> str:
    """Say what `command` would need and is not installed."""
    if os.geteuid() != 0:
        return ""
    return ", ".join(each for each in ("unshare", "setpriv") if shutil.which(each) is None)
