#!/usr/bin/env bash
# Run every benchmark, one after the other: each prints its figures and the machine they were taken on.
set -uo pipefail
for benchmark in benchmarks/*.py; do
  echo "=== $benchmark"
  .venv/bin/python "$benchmark" || echo "zhengben: $benchmark failed" >&2
done
