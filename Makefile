# Every target sets up what it needs. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ARGS ?=
WORKERS ?= 2

.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

lab: $(VENV)/course ## open the course in JupyterLab; extra flags in ARGS="--no-browser --port=9999"
	$(BIN)/jupyter lab --ServerApp.root_dir=. notebooks/00_start_here.ipynb $(ARGS)

test: $(VENV)/dev node_modules/installed ## everything a contributor must pass, in two processes; WORKERS=0 for one
	$(BIN)/python -m pytest -m "not soak" -n $(WORKERS) --dist loadgroup $(ARGS)

check: $(VENV)/dev node_modules/installed ## lint, types, import layers, derived files up to date
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.notebooks --check
	$(BIN)/python -m tools.figures --check
	$(BIN)/python -m tools.readme --check
	npm run --silent bundle -- --check

notebooks: $(VENV)/dev ## derive the student and the solution notebooks from notebooks/src
	$(BIN)/python -m tools.notebooks

readme: $(VENV)/dev ## fill README's tables
	$(BIN)/python -m tools.readme

figures: $(VENV)/dev ## draw figures/*.svg and *.gif from figures/*.py
	$(BIN)/python -m tools.figures

slides: $(VENV)/dev node_modules/installed ## one deck per lesson into build/slides, for any browser; some: LESSON="01 06"
	$(BIN)/python -m tools.slides $(LESSON)

page: $(VENV)/dev ## one widget as a page of its own: LESSON=06 WIDGET=region_q; without WIDGET lists them
	@$(BIN)/python -m tools.page $(LESSON) $(WIDGET) $(ARGS)

exam: $(VENV)/dev ## an exam sheet and its key into build/exam: SEED=7, or SEED="7 8"; some lessons: LESSON="02 06"
	@$(BIN)/python -m tools.exam --seed $(SEED) --lesson $(LESSON)

site: $(VENV)/dev node_modules/installed ## the whole course as a static site in build/site; REPO=owner/name and LITE=lite/ add links that run it
	$(BIN)/python -m tools.site.build $(if $(REPO),--repo $(REPO)) $(if $(REF),--ref $(REF)) $(if $(LITE),--lite $(LITE)) $(ARGS)

lite: build/lite-venv/ready node_modules/installed ## the course in JupyterLite, no server: build/lite; PYODIDE=folder puts a whole distribution in
	build/lite-venv/bin/python -m tools.lite.build $(if $(PYODIDE),--pyodide $(PYODIDE))

build/lite-venv/ready: tools/lite/requirements.txt requirements.lock
	$(PYTHON) -m venv build/lite-venv
	build/lite-venv/bin/python -m pip install --quiet --disable-pip-version-check \
		-r tools/lite/requirements.txt -c requirements.lock
	touch $@

links: $(VENV)/course ## links and badges for Binder and a JupyterHub: REPO=owner/name [REF=tag] [ARGS="--hub https://..."]
	@test -n "$(REPO)" || { echo 'REPO is missing: make links REPO=owner/name, as on your code host' >&2; exit 2; }
	@$(BIN)/python -m tools.links $(REPO) $(if $(REF),--ref $(REF)) $(ARGS)

bundle: node_modules/installed ## bundle the widgets' JavaScript into cnnlib/widgets/static
	npm run --silent bundle

format: $(VENV)/dev ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/dev ## renew requirements.lock, requirements-dev.lock and environment.yml
	$(BIN)/python -m tools.lock

soak: $(VENV)/dev node_modules/installed ## the long random walks, and every lesson opened again: half an hour
	$(BIN)/python -m pytest -m soak -n $(WORKERS) --dist loadfile $(ARGS)

bench: build/bench/ready ## side by side with PyTorch and the peers: writes benchmarks/RESULTS.md
	build/bench/bin/python -m benchmarks.bench $(ARGS)

build/bench/ready: benchmarks/requirements.txt requirements.lock requirements-dev.lock
	$(PYTHON) -m venv build/bench
	build/bench/bin/python -m pip install --quiet --disable-pip-version-check \
		-r benchmarks/requirements.txt -c requirements.lock -c requirements-dev.lock
	touch $@

clean: ## remove what the targets made
	rm -rf $(VENV) node_modules build

$(VENV)/course: requirements.lock pyproject.toml data/share/jupyter/lab/settings/overrides.d/cnnlib.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make lab PYTHON=python3.12")'
	@echo "Installing the course into $(VENV): once, about a minute ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) -r requirements.lock
	@$(PIP) --no-deps --editable .
	@touch $@

$(VENV)/dev: $(VENV)/course requirements-dev.lock
	@echo "Installing what tests and checks need ..."
	@$(PIP) -r requirements-dev.lock
	@touch $@

node_modules/installed: package-lock.json
	@npm ci --silent --ignore-scripts
	@touch $@

.PHONY: site lite links slides page exam bench help lab test check notebooks readme figures bundle format lock soak clean
