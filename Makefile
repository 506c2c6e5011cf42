# Servanda: `make` lists what there is. Every target is safe to repeat.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
BIN := .venv/bin
PORT ?= 8000

.PHONY: help install dev run test check bench docs

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: .venv/.installed  ## a working .venv/bin/servanda

.venv/.installed: requirements.lock pyproject.toml
	@tools/install requirements.lock
	@touch $@

dev: .venv/.installed-dev

.venv/.installed-dev: requirements-dev.lock pyproject.toml
	@tools/install requirements-dev.lock
	@touch $@ .venv/.installed

run: install  ## create the database, load the real data, serve http://127.0.0.1:8000
	@$(BIN)/servanda run --port $(PORT)

test: dev  ## the whole suite; says what it left out and how to get it
	@tools/test

check: dev  ## style, types, import contracts, migrations, generated pages
	@tools/check

bench: dev  ## measure, and write docs/performance.md
	@$(BIN)/python benchmarks/run.py

docs: dev  ## write the generated pages of docs/
	@$(BIN)/python tools/law_pages.py
