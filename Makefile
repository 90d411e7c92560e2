# make demo    a look at what the program does: installs it, scans examples/, holds answers against sources, writes reports
# make test    the whole test suite
# make lint · make docs · make bench DATA=folder · make train DATA=folder · make images · make clean
#
# Everything is installed into VENV, a virtual environment of its own; nothing outside of it is changed.

PYTHON ?= python3
VENV ?= .venv
DATA ?=
REPORTS ?= demo-reports
SITE ?= site
PYTEST_ARGS ?=
RUN_FOLDER ?= training-run

BIN := $(VENV)/bin
RUN := $(BIN)/python
FORMATS := html json sarif md xml

.DEFAULT_GOAL := help
.PHONY: help demo test lint docs train bench images clean
# An installation that failed half-way is not taken for a finished one.
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | head -5

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.grounding: pyproject.toml | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[grounding]'
	@touch $@ $(VENV)/.core

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.core $(VENV)/.grounding

$(VENV)/.training: pyproject.toml | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[training]'
	@touch $@ $(VENV)/.core

# `auditor scan` ends with 1 where it finds something, which the demo is meant to; anything above that is a failure.
demo: $(VENV)/.grounding
	@mkdir -p $(REPORTS)
	@$(BIN)/auditor scan examples --exclude grounded \
	  $(foreach format,$(FORMATS),--output $(REPORTS)/report.$(format)) || test $$? -eq 1
	@$(BIN)/auditor scan examples/grounded --sources examples/grounded/sources \
	  $(foreach format,$(FORMATS),--output $(REPORTS)/grounded.$(format)) || test $$? -eq 1
	@echo
	@echo "Reports: $(foreach format,$(FORMATS),$(REPORTS)/report.$(format) $(REPORTS)/grounded.$(format))"
	@echo "Exit code 1 of 'auditor scan', as here, says that there are findings; CI jobs go by it."

test: $(VENV)/.dev
	$(RUN) -m pytest $(PYTEST_ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --site-dir $(abspath $(SITE))

bench: $(VENV)/.grounding
	@test -n "$(DATA)" || { echo "name the folder with the public sets: make bench DATA=folder" >&2; exit 2; }
	$(RUN) -m benchmarks.boilerplate
	$(RUN) -m benchmarks.boilerplate --held
	$(RUN) -m benchmarks.throughput
	$(RUN) -m benchmarks.startup
	$(RUN) -m benchmarks.sentences
	$(RUN) -m benchmarks.quantities --data $(DATA)
	$(RUN) -m benchmarks.quotations --data $(DATA)
	$(RUN) -m benchmarks.grounding --data $(DATA)
	$(RUN) -m benchmarks.grounding_changes --data $(DATA)
	$(RUN) -m benchmarks.verifier_speed
	$(RUN) -m benchmarks.index --data $(DATA)

# The packaged weights and the phrase index, made anew from what is in the repository and the public sets in DATA.
train: $(VENV)/.training
	@test -n "$(DATA)" || { echo "name the folder with the public sets: make train DATA=folder" >&2; exit 2; }
	$(RUN) -m auditor.detectors.boilerplate.index
	$(RUN) -m training.boilerplate.train_voice --data $(DATA) --sentences-only
	$(RUN) -m training.boilerplate.fit_status --data $(DATA)
	$(RUN) -m training.boilerplate.train_voice --data $(DATA)
	$(RUN) -m training.grounding.train --data $(DATA) --out $(RUN_FOLDER)
	$(RUN) -m training.grounding.export $(RUN_FOLDER) corpora/grounding --data $(DATA)
	$(RUN) docs/make_model_card.py

images: $(VENV)/.core
	$(RUN) docs/make_images.py

clean:
	rm -rf $(REPORTS) $(SITE) build dist .mypy_cache .pytest_cache .ruff_cache
