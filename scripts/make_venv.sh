#!/usr/bin/env bash
# Make a virtual environment with a Python of at least 3.11; Debian keeps `venv` in a package of its own.
set -euo pipefail
venv=$1
for python in python3.11 python3.12 python3.13 python3; do
  command -v "$python" >/dev/null && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' && break || python=
done
if [ -z "$python" ]; then
  echo "zhengben: no Python >= 3.11 found; install python3.11 and run this again" >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  bash "$(dirname "$0")/system_packages.sh" python3-venv
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "zhengben: $python has no venv; as root: apt-get install python3-venv, then run this again" >&2
    exit 1
  fi
fi
"$python" -m venv "$venv"
