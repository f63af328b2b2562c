# `make help` lists what there is. Everything else is Python under setup/, api/run/ and bench/.
PYTHON ?= python3
OURS := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup demo test nightly check format bench parse nlu-report docker lock

help:  ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:  ## Both environments, browser files, the trained model (what is done is skipped)
	@$(PYTHON) -m setup

demo: setup  ## Everything on this machine, ready to be talked to; Ctrl-C ends all of it
	@$(OURS) -m api.run.demo

test: setup  ## The whole test suite, set-up included
	@$(OURS) -m setup.test $(ARGS)

nightly:  ## Every property (hypothesis) on 2,000 examples instead of 60
	@$(PYTHON) -m setup environments
	@ENTENTE_HYPOTHESIS=nightly $(OURS) -m setup.test -n 2 -m hypothesis $(ARGS)

check:  ## Format, lint, types, architecture, translations, Rasa's own validation: before a push
	@$(PYTHON) -m setup environments
	@$(OURS) -m setup.check

format:  ## Put every file into shape
	@$(OURS) -m ruff format . && $(OURS) -m ruff check --fix .

bench: setup  ## The benchmarks of bench/, beside their peers, with ratios
	@$(OURS) -m bench $(ARGS)

parse:  ## Reads messages on standard input, one a line; prints what is understood as JSON (TODAY=2026-11-22)
	@$(PYTHON) -m setup model >&2
	@$(OURS) -m setup.parse

nlu-report:  ## How well the assistant understands, by language and intent
	@$(PYTHON) -m setup model >&2
	@$(OURS) -m setup.nlu_report $(ARGS)

docker:  ## The same system in containers
	@docker compose up --build

lock:  ## Resolve both environments anew (needs uv): change pyproject.toml first, read the difference after
	@$(PYTHON) -m setup.lock
