#!/usr/bin/env bash
# Style, types and layers: everything that reads the code without running it.
set -uo pipefail
bin=.venv/bin
status=0
step() { echo "== $1"; shift; "$@" || status=1; }
step "ruff check" "$bin/ruff" check .
step "ruff format" "$bin/ruff" format --check .
step "mypy" "$bin/mypy"
step "import-linter" "$bin/lint-imports"
exit $status
