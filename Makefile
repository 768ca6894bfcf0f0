# `make` builds the shipped publication, `make test` tests everything, `make bench` measures. Each installs what it needs first.
.DEFAULT_GOAL := publication
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

BIN := .venv/bin
PREPARED := .venv/.prepared
PREPARED_FOR_TESTS := tests/tools/node_modules/.prepared
PIP_TOOLS := pip-tools==7.6.2

.PHONY: publication test types bench pictures lock clean help

publication: $(PREPARED) ## build the shipped publication into dist/
	@$(BIN)/hefte build --validate

test: $(PREPARED) ## lint, check the types, run every test
	@$(MAKE) --no-print-directory -j2 types $(PREPARED_FOR_TESTS)
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0 --durations 20

# The types are checked while the programs that the tests use are fetched.
types: $(PREPARED) ## lint, check the types
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(PREPARED) ## measure a build against a plain reference (more than twenty minutes); ARGS=--keep keeps the result in git
	@cd tests && ../$(BIN)/python -m bench $(ARGS)

pictures: publication $(PREPARED_FOR_TESTS) ## make the pictures in the README anew
	@$(BIN)/python docs/pictures.py

lock: $(PREPARED) ## choose versions anew and write requirements.lock
	@rm -rf .venv/lock && $(BIN)/python -m venv .venv/lock && .venv/lock/bin/python -m pip install -q $(PIP_TOOLS)
	CUSTOM_COMPILE_COMMAND="make lock" .venv/lock/bin/pip-compile --upgrade pyproject.toml

clean: ## remove what was built and installed here
	rm -rf dist .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/tools/node_modules
	find build tests docs -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## say what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST)

# A stamp for each: what was prepared once is not prepared again until the files that say what to prepare change.
$(PREPARED): scripts/prepare scripts/system.sh requirements.lock pyproject.toml
	@scripts/prepare
	@touch $@

$(PREPARED_FOR_TESTS): scripts/prepare-tests scripts/system.sh tests/tools/package-lock.json tests/tools/package.json $(PREPARED)
	@scripts/prepare-tests
	@touch $@
