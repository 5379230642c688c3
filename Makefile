# One word per chore; each makes what it needs in .venv, and nothing twice.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help build test quick law crash fuzz soak rules messages lint types serve bench bench-million tools clean

PYTHON ?= python3
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed.stamp
DEVELOPED := $(VENV)/developed.stamp
BROWSER := tests/browser
NPM := $(BROWSER)/node_modules/installed.stamp
QUICK := $(addprefix tests/,core config model publish media body content site documents plan render plugins test_sites.py \
  build/test_pipeline.py cli/test_cli.py commands/test_check.py commands/test_new.py \
  workers/test_pool.py)
CATALOGUES := $(shell find src/newsgen -name '*.po')

help: ## Say what each word does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: $(INSTALLED) ## Build the demonstration newspaper into build/
	$(BIN)/newsgen build

test: tools ## Run every test that this machine can run
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not alone"
	$(BIN)/pytest -m alone

quick: $(DEVELOPED) ## Run what may hang on the version of Python: make quick PYTHON=python3.13 VENV=.venv/python3.13
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not alone" -p no:cacheprovider $(QUICK)

law: $(DEVELOPED) ## Hold long random days of editing to clean builds
	NEWSGEN_LAW=deep $(BIN)/pytest -n $(WORKERS) $(addprefix tests/laws/test_,incremental.py state_damage.py determinism.py)

crash: $(DEVELOPED) ## Kill, refuse, starve and crowd builds at every point
	NEWSGEN_LAW=deep $(BIN)/pytest -n $(WORKERS) $(addprefix tests/laws/test_,kills.py killed_pictures.py every_call.py disk_full.py readers.py) \
	  $(addprefix tests/publish/test_,old_or_new.py publication.py)

fuzz: $(DEVELOPED) ## Give newsgen two hundred thousand broken articles, and hostile lines of other files
	NEWSGEN_FUZZ=$${NEWSGEN_FUZZ:-200000} NEWSGEN_LAW=deep nice $(BIN)/pytest -n $(WORKERS) \
	  tests/fuzz tests/render/test_probes.py tests/hostile/test_lines.py

rules: $(DEVELOPED) ## Write the tables of docs/errors.md from src/newsgen/core/rules.json
	PYTHONPATH=tests/support $(BIN)/python tests/house/write_rules.py

messages: $(DEVELOPED) ## Bring the catalogues of messages up to date with src/newsgen
	PYTHONPATH=tests/support $(BIN)/python tests/house/write_messages.py

lint: $(DEVELOPED) ## Check the form of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEVELOPED) ## Check the types
	$(BIN)/mypy

soak: $(DEVELOPED) ## Save, ask and knock at the preview for hours
	NEWSGEN_SOAK=deep $(BIN)/pytest -rP tests/preview

serve: $(INSTALLED) ## Show the demonstration newspaper while it is written
	$(BIN)/newsgen serve

bench: $(DEVELOPED) ## Measure how the work grows with the archive
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python benchmarks/compare.py --stories 1000

bench-million: $(DEVELOPED) ## Build a million stories: wants 60 GB of disk, 4 GB of memory and hours
	$(BIN)/python benchmarks/growth.py 1000000

tools: $(DEVELOPED) $(if $(shell command -v npm 2>/dev/null),$(NPM)) ## Fetch what the tests need

clean: ## Remove everything that these words made
	rm -rf $(VENV) build dist .newsgen .mypy_cache .pytest_cache .ruff_cache .hypothesis $(BROWSER)/node_modules
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	find src -name '*.mo' -delete

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "newsgen needs Python 3.11 or newer: make PYTHON=python3.13 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml hatch_build.py $(CATALOGUES) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(DEVELOPED): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

# Without npm or the net the tests that need these tools skip; NEWSGEN_REQUIRE_BROWSER=1 makes that a failure.
$(NPM): $(BROWSER)/package.json
	cd $(BROWSER) && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error \
	  && touch node_modules/installed.stamp || test -z "$$NEWSGEN_REQUIRE_BROWSER"
