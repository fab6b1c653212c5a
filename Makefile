PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: demo test lint check bench pin format clean

demo: .venv/run
	$(BIN)/stopa demo

test: .venv/dev
	$(BIN)/pytest -n auto --dist loadgroup

lint: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

bench: .venv/dev
	for script in bench/*.py; do $(BIN)/python $$script || exit 1; done

pin: .venv/dev
	$(BIN)/python -m tests.case.pinned

format: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.venv/run: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(PIP) -e .
	touch $@

.venv/dev: .venv/run
	$(PIP) -e '.[dev]'
	touch $@

clean:
	rm -rf .venv demo-case
