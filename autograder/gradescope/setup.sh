#!/usr/bin/env bash
# Gradescope runs this once, as root, with a network. The argument is for tests.
set -euo pipefail
root=${1:-/autograder}
source=$root/source

suitable() {
  "$1" -c '
import ensurepip, sys, venv
sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}
find_python() {
  for each in python3.12 python3.13 python3.11 python3; do
    if suitable "$each"; then command -v "$each"; return; fi
  done
  return 1
}
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }

if ! command -v bwrap >/dev/null || ! find_python >/dev/null; then apt-get update; fi
command -v bwrap >/dev/null || install bubblewrap || echo "no bubblewrap: one layer less"
find_python >/dev/null || install python3.12 python3.12-venv ||
  install python3.13 python3.13-venv || {
  # Ubuntu 22.04 has neither; this archive has all versions for it.
  install software-properties-common && add-apt-repository -y ppa:deadsnakes/ppa &&
    install python3.12 python3.12-venv
} || true
python=$(find_python) || {
  echo "No Python 3.11 to 3.13 here. Choose the base image Ubuntu 24.04." >&2
  exit 1
}

"$python" -m venv "$root/venv"
constraints=()
if [[ -f $source/constraints.txt ]]; then constraints=(--constraint "$source/constraints.txt"); fi
requirements=()  # the course's own
for each in "$source"/course/dist/*/staff/requirements.txt; do
  if [[ -f $each ]]; then requirements+=(--requirement "$each"); fi
done
"$root/venv/bin/python" -m pip install --no-cache-dir --disable-pip-version-check \
  ${constraints[@]+"${constraints[@]}"} "$source"/autograder-*.whl \
  ${requirements[@]+"${requirements[@]}"}

# For an assignment that needs MNIST: mnist.npz beside this file, or a download, which is kept.
export KERAS_HOME=$root/keras
if [[ -f $source/mnist.npz ]]; then export AUTOGRADER_DATA=$source/mnist.npz; fi
"$root/venv/bin/autograder" doctor

# Tests and solution are for root alone, whatever else confines a student's code.
chmod -R go-rwx "$source/course"

# The solution, once, as a submission is graded: without full marks for it none gets a score.
"$root/venv/bin/python" -P -m autograder.cli.container "$root"
