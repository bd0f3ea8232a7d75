# What a person types. `make run` and `make test` need Python 3.11 or newer, venv and make; what is
# missing is named with the command that installs it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
COMPILED := $(CATALOGUES:.po=.mo)
say = @printf '\033[1m%s\033[0m\n' $(1)

.PHONY: help run setup translations lint test check bench strings lock clean

help:  ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

run: $(VENV)/.run $(COMPILED)  ## serve a demo city on http://127.0.0.1:8000 (PORT overrides)
	@mkdir -p var
	$(call say,"Bringing the database up to date and filling the demo city (half a minute the first time) ...")
	@ENGAGE_BASE_URL=$${ENGAGE_BASE_URL:-http://127.0.0.1:$(PORT)} $(BIN)/engage demo
	@ENGAGE_BASE_URL=$${ENGAGE_BASE_URL:-http://127.0.0.1:$(PORT)} exec $(BIN)/engage serve --port $(PORT)

translations: $(COMPILED)  ## compile the catalogues

setup: $(VENV)/.dev $(COMPILED)  ## make the environment, with what tests need

test: setup  ## every test, on SQLite and PostgreSQL, and the journeys in a browser
	@$(BIN)/python -m tests.preflight
	$(BIN)/python -m pytest -n auto --databases sqlite,postgresql $(ARGS)

check: lint  ## the fast one before a commit
	$(BIN)/python -m pytest -n auto -m "not journey and not slow" --databases sqlite

lint: setup  ## style, types, the order of the house, templates
	$(BIN)/ruff check engage tests benches wsgi.py
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --quiet --lint engage

bench: setup  ## requests a second of the public pages beside a bare Flask app
	$(BIN)/python -m benches.public_pages

strings: setup  ## take new strings into the catalogues
	@mkdir -p var
	$(BIN)/pybabel -q extract -F babel.cfg -k _l -k lazy_gettext --no-location --no-wrap --sort-output --omit-header -o var/messages.pot engage
	@for po in $(CATALOGUES); do \
	  head="$$(sed '1{/^$$/d};/^$$/q' $$po)"; \
	  $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --omit-header --no-wrap -i var/messages.pot -l $$(basename $$(dirname $$(dirname $$po))) -o $$po && \
	  { printf '%s\n\n' "$$head"; sed '1{/^$$/d}' $$po; } > var/messages.po && mv var/messages.po $$po; \
	done  # --omit-header drops plural forms and language as well: they are put back

lock: setup  ## lock the dependencies anew, with hashes
	$(BIN)/pip-compile -q -U $(LOCK) --build-deps-for editable -o requirements.txt pyproject.toml
	$(BIN)/pip-compile -q -U $(LOCK) --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml
LOCK := --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-options --no-header --strip-extras --allow-unsafe

clean:  ## remove the environment and what was built
	rm -rf $(VENV) var/messages.pot $(COMPILED)

translations/%.mo: translations/%.po | $(VENV)/.run
	@$(BIN)/pybabel -q compile -i $< -o $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Engage needs Python 3.11 or newer as $(PYTHON). Debian: sudo apt-get install python3. macOS: brew install python"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "Python's venv module is missing. Debian: sudo apt-get install python3-venv"; exit 1; }
	$(call say,"Making the environment in $(VENV)/ ...")
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(call say,"Installing what the site needs (a minute on a slow line) ...")
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -qq -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(VENV)/.run
	$(call say,"Installing what tests need ...")
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
