# `make` alone prints the targets. `make PYTHON=/path/to/python` chooses the Python, `make VENV=/path` where its packages go.
ifndef PYTHON
# The first that runs and is new enough: a name on the path may belong to a version that is not there.
PYTHON := $(shell for name in python3.11 python3.12 python3.13 python3.14 python3 python; do \
  $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { command -v $$name; break; }; done)
endif
VENV   ?= .venv
BIN    := $(VENV)/bin
SERVE  ?= 1
PYTEST  = $(BIN)/python -m pytest -n auto --dist loadfile
LOCK    = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate
# Packages come from wherever this machine's pip and uv are set up to find them; no Python is downloaded.
export UV_PYTHON_DOWNLOADS = never
.DEFAULT_GOAL := help
.PHONY: help setup portals lock schema lint check test demo serve worker bench soak render clean

help: ## print the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/.ready ## make the virtual environment from the hashed requirement files

# Written last: what was cut off half-way is made again.
$(VENV)/.ready: requirements/uv.txt requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found. Say where it is: make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Say where one is: make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) comes without venv or ensurepip. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps --editable .
	@touch $@

portals: $(VENV)/portals/.ready $(VENV)/node/.ready ## what portals are built with, pinned, a browser and an office program: `make test` tries contract, pages and papers with them
	@tests/browser/install
	@tests/office/install

$(VENV)/portals/.ready: requirements/portals.txt | $(VENV)/.ready
	$(PYTHON) -m venv --without-pip $(VENV)/portals
	$(BIN)/uv pip sync --quiet --python $(VENV)/portals/bin/python --require-hashes requirements/portals.txt
	@touch $@

$(VENV)/node/.ready: tests/node/package.json tests/node/package-lock.json tests/node/.npmrc tests/node/install
	@tests/node/install $(VENV)/node

lock: setup ## renew the hashed requirement files; they hold no address
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) --group dev pyproject.toml -c requirements/run.txt -o requirements/dev.txt
	printf 'hatchling\n' | $(LOCK) - -c requirements/dev.txt -o requirements/build.txt
	printf 'uv\n' | $(LOCK) - -o requirements/uv.txt
	printf 'ariadne-codegen\n' | $(LOCK) - -o requirements/portals.txt

schema: setup ## print the contract anew into graphql/schema.graphql
	$(BIN)/python -c 'import pathlib; from forum.api.schema.contract import sdl; pathlib.Path("graphql/schema.graphql").write_text(sdl(), "utf-8")'

lint: setup ## form, style, types, arrows between the rooms
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint ## style, types, and the tests that need no database: a quick answer on the way
	$(PYTEST) --postgres=none

test: lint portals ## every check; then those on a database again, on the PostgreSQL this machine has
	$(PYTEST)
	$(PYTEST) --postgres=installed

demo: setup ## a whole review on real data, its papers in out/; then serve it (SERVE=0: end there)
	$(BIN)/forum demo $(if $(filter 0 no false,$(SERVE)),--no-serve)

serve: setup ## serve: on DATABASE_URL, or else on the embedded PostgreSQL of this machine; needs FORUM_SECRET
	$(BIN)/forum $(if $(DATABASE_URL),,--embedded) serve

worker: setup ## what falls due, beside `make serve` on a DATABASE_URL
	$(BIN)/forum worker

bench: setup ## measure reads, writes and a report of 1,000 inputs: a table, and out/bench.json
	$(BIN)/python -m tests.bench

soak: setup ## the large figures: crashes, deadlines, hostile input; takes long
	$(BIN)/python -m pytest -m soak

render: setup ## a document of a running service as a file: make render SYMBOL=... (FORUM_TOKEN, URL=..., FORMAT=docx)
	@test -n "$(SYMBOL)" || { echo "Say which document: make render SYMBOL=GFMD/2020/FI"; exit 1; }
	$(BIN)/forum render "$(SYMBOL)" $(if $(URL),--url "$(URL)") $(if $(OUT),--out "$(OUT)") $(if $(FORMAT),--format "$(FORMAT)")

clean: ## remove what was built; data (.forum) stays
	rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find forum tests -name __pycache__ -type d -prune -exec rm -rf {} +
