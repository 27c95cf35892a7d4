# make demo   set up, grade the sample class on the embedded data, write the report
# make test   set up, run the tests
# make check  format, lint, types, fast tests with their coverage, generated files up to date
# make build  build assignments/ from solutions/
# make screenshots  the pictures in README and docs, with Chromium
# make attacks  the hostile notebooks, in every configuration that this machine has
# make prove  everything: all tests, the whole bank, all mutants, the calibration (hours; resumable)

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# The newest Python that every dependency has wheels for; PYTHON=... chooses another.
PYTHON ?= $(shell for v in 3.12 3.11 3.13; do \
	python$$v -c '' 2>/dev/null && { echo python$$v; exit; }; done; \
	python3 -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo python3)

.PHONY: demo test check attacks build screenshots prove clean
.DELETE_ON_ERROR:

demo: $(READY)
	$(BIN)/autograder demo -a mnist

test: $(READY)
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder -m "not attacks and not slow" --ignore tests/attacks/test_attacks.py

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n logical --maxprocesses 4 --cov --cov-report term tests/unit tests/test_architecture.py
	$(BIN)/autograder build --check

attacks: $(READY)
	$(BIN)/python -m pytest tests/attacks/test_attacks.py

build: $(READY)
	$(BIN)/autograder build

screenshots: $(READY)
	$(BIN)/python -m docs.screenshots

prove: $(READY)
	SOAK=1000 $(BIN)/python -m pytest
	$(BIN)/autograder calibrate mnist
	$(BIN)/autograder audit mnist

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "No Python 3.11 to 3.13 found. Install one (python.org, pyenv, your package manager), or name it: make PYTHON=/path/to/python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "python -m venv failed. On Debian and Ubuntu: install python3-venv."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) dist demo build *.egg-info
