# `make` lists the targets. Everything runs in .venv; nothing touches the host.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help venv run test check fast fmt fmt-check lint types imports docs-check bench fuzz lock wheel clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "inboxd needs Python 3.11 or newer; name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked dependencies into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

venv: $(STAMP) ## make .venv with the locked dependencies

run: venv ## start the sandbox: sample report, its receipt, then serve a real mail client
	@command -v gpg >/dev/null || { echo "gpg is missing: install the package gnupg" >&2; exit 1; }
	@$(BIN)/inboxd sandbox $(ARGS)

test: venv ## run all tests
	$(BIN)/python -m pytest -n auto $(ARGS)

check: fmt-check lint types imports docs-check test ## every gate, as CI runs them

fast: venv ## tests of the pure core only
	$(BIN)/python -m pytest -q tests/core $(ARGS)

fmt: venv ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

fmt-check: venv ## formatting is right
	$(BIN)/ruff format --check .

lint: venv ## ruff
	$(BIN)/ruff check .

types: venv ## mypy, strict
	$(BIN)/mypy

imports: venv ## imports go down only
	$(BIN)/lint-imports

docs-check: venv ## every verb, key, event, invariant and promise is documented
	$(BIN)/python -m pytest -q tests/test_docs.py

bench: venv ## print the benchmarks' table (needs Dovecot)
	$(BIN)/python -m benchmarks $(ARGS)

fuzz: venv ## fuzz every reader of hostile mail, SECONDS=60 for all of them together
	nice -n 19 $(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),60) $(ARGS)

lock: ## resolve the dependencies anew and lock them with hashes
	@test -x $(VENV)-lock/bin/uv || { $(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/pip install --quiet uv; }
	$(VENV)-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --custom-compile-command "make lock" pyproject.toml -o requirements.lock $(ARGS)
	$(VENV)-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --custom-compile-command "make lock" --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock $(ARGS)

wheel: venv ## build dist/*.whl
	$(BIN)/python -m hatchling build -t wheel

clean: ## remove what was built
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
