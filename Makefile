# Khabar. `make demo` shows the main job, `make test` proves it. Each sets up what it needs, once.
# Needs Python >= 3.11 and make; Node is taken from the machine or installed as a Python package.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
# Three at a time on two processors: many tests wait for other processes. Long rooms begin first (tests/conftest.py).
PYTEST := $(BIN)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder
# The files are complete, so nothing beyond them is looked for.
INSTALL := $(PIP) install --require-hashes --no-deps --only-binary :all:
STATIC := src/khabar/serve/static
SHELL := /bin/bash
# Modules are compiled once, not at every start of a command: tests start hundreds.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test slow check web wheel docs bench faults fuzz lock clean
.DEFAULT_GOAL := help

help: ## what there is to make
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

demo: $(VENV)/.run ## build the sample base and open the workbench
	@$(MAKE) --no-print-directory web || echo "Note: page scripts were not built (see above); the pages work without them."
	@$(BIN)/khabar demo $(ARGS)

test: $(VENV)/.dev $(STATIC)/.built ## every test but the slow ones (browser tests where Chromium is installed)
	@$(PYTEST) -m "not slow" $(ARGS)

slow: $(VENV)/.dev $(STATIC)/.built ## tests that take long: killed and hanging workers, interrupted runs, every pattern, hidden reports
	@$(PYTEST) -m slow $(ARGS)

check: $(VENV)/.dev $(STATIC)/.built ## format, lint, types, import contracts, codebook, page scripts, floors of accuracy, audit of dependencies
	$(BIN)/ruff format --check --quiet src tests tools bench fuzz
	$(BIN)/ruff check --quiet src tests tools bench fuzz
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo > $(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }
	$(BIN)/khabar codebook check
	@PATH="$$PWD/$(BIN):$$PATH" tools/node.sh npm --prefix web run --silent check
	$(BIN)/khabar evaluate --check
	@$(BIN)/python tools/audit.py

web: $(STATIC)/.built ## build the page scripts and styles
	@:

wheel: $(VENV)/.dev $(STATIC)/.built ## the package, in dist/, with the list of what it depends on (CycloneDX)
	$(BIN)/python -m build --no-isolation --wheel --outdir dist . > $(VENV)/wheel.txt || { cat $(VENV)/wheel.txt; exit 1; }
	@PYTHONWARNINGS=ignore $(BIN)/cyclonedx-py requirements requirements/base.txt --pyproject pyproject.toml --output-reproducible --output-format JSON --output-file dist/khabar.cdx.json

docs: $(VENV)/.dev ## the documentation as a site, in build/docs; a warning is an error
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/docs

bench: $(VENV)/.dev ## words per second, memory, start-up; see bench/README.md
	$(BIN)/python bench/speed.py

faults: $(VENV)/.dev ## kill commands 200 times each, fill disks, flip bits, stop servers; an hour; see docs/faults.md
	nice -n 10 $(BIN)/python tools/faults.py add run "run with workers" decide review export import migrate backup restore --write build/faults.jsonl
	nice -n 10 $(BIN)/python tools/faults.py add run decide review export import migrate --store postgresql --write build/faults.jsonl
	nice -n 10 $(BIN)/python tools/faults.py "full disk" "flipped bits" "stopped server" --write build/faults.jsonl
	$(BIN)/python tools/faults.py table --write build/faults.jsonl

fuzz: $(VENV)/.dev ## a million hostile inputs, hours long; goes on where it stopped; see docs/fuzzing.md
	$(BIN)/python fuzz/api.py
	$(BIN)/python fuzz/run.py $(ARGS)

lock: ## write the requirement files again (needs uv)
	tools/lock.sh

clean: ## remove everything that make made
	rm -rf $(VENV) $(STATIC) web/node_modules dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Khabar needs Python 3.11 or newer, this is " + sys.version.split()[0] + ". Set PYTHON=/path/to/python3.11")'
	@echo "Setting up $(VENV) (once, a minute or two)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/base.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	@$(INSTALL) -r requirements/base.txt -r requirements/build.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@$(INSTALL) -r requirements/dev.txt
	@touch $@

$(VENV)/.node: requirements/node.txt | $(VENV)/bin/python
	@command -v npm > /dev/null || $(INSTALL) -r requirements/node.txt
	@touch $@

web/node_modules/.package-lock.json: web/package.json web/package-lock.json $(VENV)/.node
	@PATH="$$PWD/$(BIN):$$PATH" tools/node.sh npm --prefix web ci --loglevel error --no-fund --no-audit --no-update-notifier > $(VENV)/npm.txt
	@touch $@

$(STATIC)/.built: web/node_modules/.package-lock.json $(shell find web/src web/*.json web/*.ts -type f 2>/dev/null)
	@PATH="$$PWD/$(BIN):$$PATH" tools/node.sh npm --prefix web run --silent build
	@touch $@
