# Zhengben 正本. Two commands matter: `make up` and `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check -q
PORT ?= 8321
UP_OPTIONS ?= --range --port $(PORT)

.PHONY: help setup setup-dev up test test-long lint fix docs bench lock clean

help: ## show this help
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/bin/python:
	@bash scripts/make_venv.sh $(VENV)

$(VENV)/.base: requirements/build.txt requirements/full.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing Python packages (hash-pinned) ..."
	@$(PIP) install --require-hashes -r requirements/build.txt
	@$(PIP) install --require-hashes -r requirements/full.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "installing what tests and checks need (hash-pinned) ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(VENV)/.base ## install what `zhengben up` needs
	@bash scripts/system_packages.sh chromium fonts-noto-cjk

setup-dev: $(VENV)/.dev ## install what tests and checks need as well
	@bash scripts/system_packages.sh chromium fonts-noto-cjk postgresql openssl apksigner aapt

up: setup ## open console and portal with the training range running; PORT=8400 for another port
	@exec $(VENV)/bin/zhengben up $(UP_OPTIONS)

test: setup-dev ## everything that must hold, in at most 20 minutes on two cores
	@bash scripts/test.sh

test-long: setup-dev ## the longer fuzzing and property runs
	@ZHENGBEN_LONG=1 $(VENV)/bin/pytest -m "slow or not slow" --hypothesis-profile long tests

lint: setup-dev ## style, types and layers
	@bash scripts/lint.sh

fix: setup-dev ## let the formatter and the linter mend what they can
	@$(VENV)/bin/ruff check --fix . && $(VENV)/bin/ruff format .

docs: $(VENV)/.base ## write the generated parts of README and docs
	@$(PY) scripts/write_docs.py

bench: setup-dev ## run every benchmark and print its figures with the machine
	@bash scripts/bench.sh

lock: setup-dev ## compile the hash-pinned requirements again
	@bash scripts/lock.sh

clean: ## remove what setup and tests made
	@rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis
