#!/usr/bin/env bash
# Compile the hash-pinned requirements. No file holds a download address.
set -euo pipefail
command -v .venv/bin/uv >/dev/null || .venv/bin/python -m pip install -q uv
compile() { .venv/bin/uv pip compile -q --generate-hashes --no-header --no-annotate --python-version 3.11 "$@"; }
engines=(--extra postgresql --extra browser --extra vision --extra stream)
echo "setuptools>=80" | compile - -o requirements/build.txt
compile pyproject.toml -o requirements/base.txt
compile pyproject.toml "${engines[@]}" -o requirements/full.txt
compile pyproject.toml "${engines[@]}" --group dev -o requirements/dev.txt
