# Every target works as the first command in a fresh clone: what it needs is made on the way.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
BIN := .venv/bin
PEER := .venv-peer/bin/python
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SERVE = echo "Open http://127.0.0.1:$(PORT)/ in a browser; Ctrl-C ends it."; \
	exec $(BIN)/python -m gunicorn --no-control-socket --log-level warning --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 metadata_portal.wsgi
WORKERS ?= 2
PYTEST ?= $(BIN)/python -m pytest
ON_SQLITE := PORTAL_VAR=.var-test env -u DATABASE_URL
ON_POSTGRES := PORTAL_VAR=.var-test $(BIN)/python tests/setup/with_postgres.py
MARKS ?= not slow
# On PostgreSQL only what asks for the database, without what does not depend on which one it is.
AGAIN_MARKS ?= not slow and not alike
# The order of the tests is shuffled, and in `make test` the same each time, as are the seeds of tests/seeds.py.
ORDER ?= --randomly-seed=20260101
TESTS = $(PYTEST) -n $(WORKERS) $(ORDER)
E2E = $(TESTS) -m "e2e and ($1)" tests/e2e
# What failed in the browser is run once more by itself: what fails twice is a fault; the first failure stays in the log.
RETRY := --last-failed --last-failed-no-failures none

.PHONY: help run demo test test-all unit postgres e2e lint format bench bench-forms registries screenshots clean

help: ## List the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: .venv/.run-stamp ## Start the portal on 127.0.0.1:8000 (PORT, DATABASE_URL from the environment)
	$(BIN)/python manage.py quickstart
	@$(SERVE)

demo: .venv/.run-stamp ## The same with example data (a database of its own)
	@export PORTAL_VAR="$${PORTAL_VAR:-.var-demo}"; \
	$(BIN)/python manage.py quickstart; \
	$(BIN)/python manage.py seed_demo; \
	$(SERVE)

test: unit postgres e2e ## All tests but the slow extremes, on SQLite and PostgreSQL, with a real browser

test-all: ## All tests and the slow extremes, on values made up anew
	HYPOTHESIS_PROFILE=default $(MAKE) test ORDER= MARKS="slow or not slow" AGAIN_MARKS="slow or not slow"

unit: .venv/.dev-stamp .venv-peer/.stamp .venv-successor/.stamp ## The tests that need no browser, on SQLite
	$(ON_SQLITE) PORTAL_TEST_DB=unit $(TESTS) -m "not e2e and ($(MARKS))" tests

postgres: .venv/.dev-stamp .venv-peer/.stamp ## The tests that use the database again, on PostgreSQL
	$(ON_POSTGRES) $(TESTS) --only-database -m "not e2e and ($(AGAIN_MARKS))" tests/metadata_portal

e2e: .venv/.dev-stamp .venv-peer/.stamp .venv/.browser-stamp ## The scenarios in headless Chromium, on both databases
	$(ON_SQLITE) $(call E2E,$(MARKS)) || $(ON_SQLITE) $(call E2E,$(MARKS)) $(RETRY)
	$(ON_POSTGRES) $(call E2E,$(AGAIN_MARKS)) || $(ON_POSTGRES) $(call E2E,$(AGAIN_MARKS)) $(RETRY)

lint: .venv/.dev-stamp ## Style, types, import contracts, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	git ls-files 'templates/**.html' | xargs -r $(BIN)/djade --check --target-version 5.2
	$(BIN)/djlint --lint --quiet templates

format: .venv/.dev-stamp ## Rewrite code and templates in the house format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	git ls-files 'templates/**.html' | xargs -r $(BIN)/djade --target-version 5.2

bench: .venv/.dev-stamp .venv-peer/.stamp ## Cost of the editor page, of the library and of the form, as ratios
	$(BIN)/python benchmarks/editor_page.py
	$(BIN)/python benchmarks/standard.py
	$(MAKE) bench-forms

bench-forms: .venv/.dev-stamp .venv-peer/.stamp .venv/.browser-stamp ## The form in Chromium beside three form libraries (needs npm)
	$(BIN)/python benchmarks/forms.py

registries: .venv-peer/.stamp ## Write the packaged vocabularies anew from the published ones
	$(PEER) -P schema_core/registries/build.py

screenshots: .venv/.dev-stamp .venv/.browser-stamp ## Take the README's pictures from the demo data
	$(BIN)/python docs/screenshots.py

clean: ## Remove what the other targets made (not .var, where the data is)
	rm -rf .venv .venv-peer .venv-successor .venv-postgres .var-rivals .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis staticfiles

# -- what the targets need ---------------------------------------------------------------------------------------------

.venv/.made:
	PYTHON="$(PYTHON)" bash tests/setup/venv.sh .venv
	touch $@

.venv/.run-stamp: requirements.txt | .venv/.made
	$(PIP) install --no-deps -r requirements.txt
	touch $@

.venv/.dev-stamp: requirements.txt requirements-dev.txt | .venv/.made
	$(PIP) install --no-deps -r requirements-dev.txt
	$(BIN)/python -m pip check
	touch $@ .venv/.run-stamp

.venv/.browser-stamp: tests/setup/chromium.sh | .venv/.made
	bash tests/setup/chromium.sh
	touch $@

.venv-peer/.stamp: tests/conformance/requirements-peer.txt tests/setup/peer.sh tests/setup/write_examples.py
	PYTHON="$(PYTHON)" bash tests/setup/peer.sh .venv-peer aind-data-schema $<
	touch $@

.venv-successor/.stamp: tests/conformance/requirements-successor.txt tests/setup/peer.sh tests/setup/write_examples.py
	PYTHON="$(PYTHON)" bash tests/setup/peer.sh .venv-successor biodata-schema $<
	touch $@
