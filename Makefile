# Two commands are all a newcomer needs: `make run` and `make test`. Both need Python 3.12+ and nothing else.

SHELL := /bin/bash
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
UV := $(shell command -v uv || echo .uv/bin/uv)
export UV_PYTHON_DOWNLOADS := never
# Without compiled files each of our many short processes would compile its libraries anew, for seconds.
unexport PYTHONDONTWRITEBYTECODE
export PATH := $(CURDIR)/$(BIN):$(PATH)
PYTEST := $(BIN)/pytest -q --ignore=tests/browser
# Each file is one worker's, for what its tests share; those that take longest come first (tests/conftest.py).
BY_FILE := --dist loadfile --no-loadscope-reorder

# Types take one core as long as everything else takes the other; each says only what is wrong.
TWO := $(MAKE) -s --no-print-directory -j 2

# Ruff looks for passwords in code (S105-S107); an address in an example has one that says so.
SECRETS := --disable-plugin KeywordDetector --exclude-lines '//user:password@|//lea:'

.PHONY: run test ci lint lint-types lint-rest lint-and-check fmt bench bench-writing check coverage test-thorough test-processes test-browser soak pgbouncer browser lock screenshots clean help ocr

run: $(STAMP)  ## start everything on this machine; PORT and MOMENTUM_HOME are honoured
	@$(BIN)/momentum run

test: $(STAMP)  ## the fast suite, some minutes
	@$(PYTEST) tests -m "not processes and not thorough and not soak" $(BY_FILE) -n 2

ci: $(STAMP) lint-and-check coverage test-processes test-browser  ## the whole gate

lint: $(STAMP)  ## style, types, architecture, templates, no secret
	@$(TWO) lint-types lint-rest

lint-types: $(STAMP)
	@$(BIN)/mypy

lint-rest: $(STAMP)
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
	@$(BIN)/lint-imports
	@$(BIN)/djlint momentum --lint --quiet
	@git ls-files -z '*.py' '*.html' '*.md' '*.js' '*.toml' '*.json' '*.txt' '*.yml' Makefile | xargs -0 $(BIN)/detect-secrets-hook $(SECRETS)

check: $(STAMP)  ## models and migrations agree, settings are sound
	@$(BIN)/momentum manage makemigrations --check --dry-run
	@$(BIN)/momentum manage check --fail-level WARNING

lint-and-check: $(STAMP)
	@$(TWO) lint-types lint-rest check

test-thorough: $(STAMP)  ## what takes long: real documents, every protocol of the models
	@$(PYTEST) tests -m "thorough and not processes and not soak" $(BY_FILE) -n 2

coverage: $(STAMP)  ## the fast and the thorough suite in one session; fails where too little of the code is reached
	@rm -f .coverage*
	@$(PYTEST) -p tests.measure_coverage tests -m "not processes and not soak" $(BY_FILE) -n 2
	@$(BIN)/coverage combine -q && $(BIN)/coverage report --format=total --fail-under=95
	@$(BIN)/coverage combine -q --data-file=.coverage-branches
	@$(BIN)/coverage report --data-file=.coverage-branches --fail-under=100

# These wait more than they work, so there are more of them than cores; those that take longest begin (tests/conftest.py).
test-processes: $(STAMP) pgbouncer  ## real processes: every way to start, crashes, restarts, take-over
	@$(PYTEST) tests -m "processes and not soak" --ignore=tests/test_slow_clients.py --dist load --maxschedchunk 1 -n 4
	@$(PYTEST) tests/test_slow_clients.py -m processes  # by itself: it looks at who has to wait

soak: $(STAMP)  ## the long variants of hard cases, for as long as they take
	@$(PYTEST) tests -m soak -n 2

test-browser: $(STAMP) browser  ## the main job in a real browser, accessibility on every page
	@$(BIN)/pytest tests/browser $(BY_FILE) -n 4 -q

fmt: $(STAMP)  ## put everything in the house style
	@$(BIN)/ruff check -q --fix . || true
	@$(BIN)/ruff format -q .

bench: $(STAMP)  ## what requests cost, beside a bare handler and over HTTP; see docs/speed.md
	@$(BIN)/python -m bench

bench-writing: $(STAMP)  ## how good courses are that are written from real documents; see docs/writing.md
	@$(BIN)/python -m bench.writing

pgbouncer: $(STAMP)  ## find or install a PgBouncer
	@$(BIN)/python -m tests.pgbouncer

browser: $(STAMP)  ## find or install a Chromium
	@$(BIN)/python -m tests.browser.chromium

screenshots: $(STAMP) browser  ## the README's pictures, from the running product
	@$(BIN)/python -m docs.screenshots

lock: .uv/bin/uv  ## choose versions anew
	@.uv/bin/uv pip compile -q --universal --generate-hashes --upgrade --group pyproject.toml:dev pyproject.toml -o requirements.lock

$(STAMP): requirements.lock pyproject.toml | $(if $(filter .uv/bin/uv,$(UV)),.uv/bin/uv)
	@echo "Installing into $(VENV) ..."
	@test -x $(BIN)/python || { python=$$($(UV) python find 2>/dev/null || $(UV) python find '>=3.12' 2>/dev/null) \
	  && $(UV) venv -q --python "$$python" $(VENV); } \
	  || { echo "Momentum needs Python 3.12 or newer, and none was found. Install one, then run make again." >&2; exit 1; }
	@VIRTUAL_ENV=$(VENV) $(UV) pip sync -q --require-hashes requirements.lock
	@VIRTUAL_ENV=$(VENV) $(UV) pip install -q --no-deps --no-build-isolation -e .
	@touch $@

ocr: $(STAMP)  ## text recognition for scans, 275 MB; again after an update
	@VIRTUAL_ENV=$(VENV) $(UV) pip install -q --no-build-isolation -e '.[ocr]'

.uv/bin/uv:
	@echo "Getting uv into .uv ..."
	@for python in python3.13 python3.12 python3; do $$python -m venv .uv 2>/dev/null && break; done
	@.uv/bin/pip install -q --disable-pip-version-check uv

clean:  ## remove what was installed; var/ stays
	@rm -rf $(VENV) .uv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18
