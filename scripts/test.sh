#!/usr/bin/env bash
# Everything that must hold. Stops at the end, not at the first failure, so that one run tells all.
set -uo pipefail
bin=.venv/bin
status=0
bash scripts/lint.sh || status=1
rm -f .coverage .coverage.*
echo "== pytest"
# three processes on two cores: one of them waits for a browser most of the time
"$bin/pytest" -n 3 --dist loadgroup --cov --cov-report= "$@" || status=1
"$bin/coverage" json -q -o .coverage.json && "$bin/python" scripts/coverage_gates.py .coverage.json || status=1
exit $status
