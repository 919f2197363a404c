#!/usr/bin/env bash
# Everything that must hold. Stops at the end, not at the first failure, so that one run tells all.
set -uo pipefail
bin=.venv/bin
status=0
bash scripts/lint.sh || status=1
rm -f .coverage .coverage.*
echo "== pytest"
"$bin/pytest" -n 2 --dist loadgroup --cov --cov-report= "$@" || status=1
"$bin/coverage" json -q -o .coverage.json && "$bin/python" scripts/coverage_gates.py .coverage.json || status=1
exit $status
