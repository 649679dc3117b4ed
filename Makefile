# The commands of Medskapa. `make run` and `make test` need Python 3.11 or later and make, nothing else.
SHELL := /bin/sh
.DEFAULT_GOAL := run
.PHONY: run test quick lint lock texts access drill bench figures pictures

PYTHON ?= python3
PORT ?= 8000
NAME ?= web
export DATA
export MEDSKAPA_DATA ?= $(CURDIR)/var

IN_TREE = PYTHONPATH="$(CURDIR)/src"

run: ## The demo lab at http://localhost:8000
	@$(PYTHON) tools/environment.py run
	@$(IN_TREE) .venv/bin/python -m medskapa serve --demo --port $(PORT)

test: ## Everything that must hold: lint, types, the whole suite on both databases, browser included
	@$(PYTHON) tools/environment.py test
	@.venv/bin/python tools/everything.py

quick: ## What a change needs: lint and the rooms' own tests, without browser, servers and the second database
	@$(PYTHON) tools/environment.py test
	@.venv/bin/python tools/everything.py --quick

lint: ## Lint, format and types
	@$(PYTHON) tools/environment.py test
	@.venv/bin/python tools/everything.py --lint

lock: ## Renew the two lock files
	@$(PYTHON) tools/lock.py

texts: ## Collect the texts for translators and compile the catalogues
	@$(PYTHON) tools/environment.py test
	@$(IN_TREE) .venv/bin/python tools/texts.py

access: ## Ask every address as every role, and write docs/access.txt anew
	@$(PYTHON) tools/environment.py test
	@$(IN_TREE) .venv/bin/python -m tests.access --write

drill: ## The long promises at full size
	@$(PYTHON) tools/environment.py test
	@$(IN_TREE) .venv/bin/python -m benchmarks drill
	@.venv/bin/python -m pytest drills

bench: ## Times beside a floor: make bench NAME=web
	@$(PYTHON) tools/environment.py test
	@$(IN_TREE) .venv/bin/python -m benchmarks $(NAME)

figures: ## Write docs/figures.md from what the latest drill and benches measured
	@$(PYTHON) tools/environment.py test
	@$(IN_TREE) .venv/bin/python -m benchmarks.page

pictures: ## Draw the pictures of docs/methods anew
	@$(PYTHON) tools/environment.py test
	@$(IN_TREE) .venv/bin/python tools/pictures/__main__.py
