# Two commands for a newcomer: `make run` and `make test`. Each does its own set-up.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.stamp
ARGS ?=

.PHONY: help setup run test lint types imports check bench chaos fuzz screenshots locks clean

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# The stamp is newer than the lock and pyproject.toml when the environment is up to date.
$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Iraq Desk needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else 0'
	@echo "Setting up .venv (once; about a minute) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

setup: $(STAMP)  ## .venv with the locked packages and the project; nothing to do when it is up to date

run: setup  ## the bot and its playground, a small Slack in the browser (make run ARGS="--port 9000")
	@$(BIN)/iraq-desk playground $(ARGS)

test: setup  ## the test suite, on every core
	@$(BIN)/python -m pytest -n auto $(ARGS)

lint: setup  ## ruff: rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup  ## mypy --strict
	@$(BIN)/mypy

imports: setup  ## the three rooms: bot -> jobs -> knowledge
	@$(BIN)/lint-imports

check: setup  ## every problem of the corpus
	@$(BIN)/iraq-desk check

.venv/.bench: requirements-bench.lock $(STAMP)
	@echo "Adding the packages that we are measured beside ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

bench: setup .venv/.bench  ## what a question costs, BM25 beside its peers (make bench ARGS="--million --data DIR")
	@$(BIN)/python -m tests.bench $(ARGS)

chaos: setup  ## digests under kills, freezes, storms and full disks (make chaos ARGS="--scale 0.1")
	@$(BIN)/python -m tests.chaos $(ARGS)

fuzz: setup  ## 20,000 payloads with something wrong in each (make test tries 2,000)
	@IRAQ_DESK_TEST_PAYLOADS=20000 $(BIN)/python -m pytest tests/scenarios/test_bad_payloads.py $(ARGS)

screenshots: setup  ## draw the repository's pictures anew, or every one (make screenshots ARGS="--all DIR")
	@$(BIN)/python -m tests.screenshots $(ARGS)

locks:  ## rewrite the lock files (needs uv)
	@uv pip compile pyproject.toml --extra postgres --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.lock
	@uv pip compile pyproject.toml --extra postgres --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --quiet --constraint requirements.lock --output-file requirements-dev.lock
	@uv pip compile --group bench --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --quiet --constraint requirements-dev.lock --output-file requirements-bench.lock

clean:  ## remove what the build and the tests made
	@rm -rf .venv dist build .coverage .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
