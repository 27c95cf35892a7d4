#!/usr/bin/env bash
# Runs a command ($3 and on) as user $2; where $1, Python's folder, lies in /root, it alone of /root
# stays visible.
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
