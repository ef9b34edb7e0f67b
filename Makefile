# Everything you do with Fairplace; `make` alone lists it.
# Needs Python 3.11 or newer (name another with PYTHON=…), and nothing else.

HOST ?= 127.0.0.1
PORT ?= 8000
JOBS ?= 2
BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
PYTEST := $(BIN)/python -m pytest
PARALLEL := -n $(JOBS) --dist worksteal
WITH_DATABASE := $(wildcard tests/features tests/journeys tests/migrations tests/races tests/trust) \
	tests/house/test_setup.py
BENCHED := tests/house/test_bench.py

# Keep compiled files: otherwise every part of the tests, and every worker, would compile them again.
unexport PYTHONDONTWRITEBYTECODE
export BASE_URL ?= http://localhost:$(PORT)

.DEFAULT_GOAL := help
.PHONY: help demo run test test-fast test-all test-postgresql \
	test-migrations test-sweeps test-browser test-properties test-bench test-wheel test-chaos \
	test-chaos-sqlite test-chaos-postgresql test-chaos-control test-year audit mutation lint \
	lint-style lint-types lint-imports lint-house format settings data-map sbom locks freeze bench \
	chaos year upgrade clean

help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 30

# Installing: one stamp for serving the site, one for testing it as well.

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

define install
@python=$(PYTHON); \
for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	test -n "$$python" && break; \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && python=$$name; \
done; \
test -n "$$python" || { echo "Fairplace needs Python 3.11 or newer: make PYTHON=…"; exit 1; }; \
test -x $(BIN)/pip || $$python -m venv .venv
@echo "Installing into .venv (about a minute) …"
@$(PIP) -e $(1)
endef

.venv/installed: pyproject.toml constraints.txt
	$(call install,.)
	@$(PIP) -e '.[season]' || echo 'Season plans cannot be worked out: OR-tools was not installed.'
	@$(PIP) -e '.[fonts]' || echo 'PDFs have some names in Latin letters only: the fonts were not installed.'
	@touch $@

.venv/installed-dev: pyproject.toml constraints.txt
	$(call install,'.[dev]')
	@touch .venv/installed $@

# Before anything that takes time. Make itself adds a line about the error.
define need_port
@$(BIN)/python -c 'import socket; socket.create_server(("$(HOST)", $(PORT)))' 2>/dev/null || { \
	echo "Port $(PORT) is taken: try make $@ PORT=$$(($(PORT) + 1))."; exit 1; }
endef

demo: .venv/installed ## Serve a busy network on PORT (8000), with its background worker
	$(need_port)
	@$(FLASK) db upgrade
	@$(FLASK) seed demo
	@printf '%s\n' '' 'Fairplace is at $(BASE_URL) (Ctrl-C stops it). Sign in as' \
	'  lead@fairplace.example, treasurer@fairplace.example, auditor@fairplace.example' \
	'  or coordinator@<school>.example, where <school> is as in the address of its page;' \
	'  everybody'\''s password is enrichment-days-demo' ''
	@$(serve)

# The web server and the worker start and stop together. A loop, because not every shell has `wait -n`.
define serve
$(FLASK) worker & worker=$$!; \
WEB_BIND=$(HOST):$(PORT) WEB_STOP_SECONDS=2 $(BIN)/gunicorn wsgi:app & web=$$!; \
stop() { trap '' INT TERM; kill $$web $$worker 2>/dev/null; wait; }; \
trap 'stop; exit 0' INT TERM; \
while kill -0 $$web 2>/dev/null && kill -0 $$worker 2>/dev/null; do sleep 1; done; \
stop; echo 'The web or the worker ended by itself; see above.'; exit 1
endef

run: .venv/installed ## Serve for development: restarts when a file changes; no worker
	$(need_port)
	@$(FLASK) db upgrade
	@$(FLASK) run --debug --port $(PORT)

# Testing. Each test runs once per engine, in one of the parts of `test-all`.

QUICK := not browser and not race and not sweep and not slow and not machine and not wheel

test: .venv/installed-dev ## Test on SQLite, in five minutes
	$(PYTEST) $(PARALLEL) -m '$(QUICK)' --ignore tests/house --ignore tests/migrations
	$(if $(wildcard tests/races/test_*.py),$(PYTEST) $(PARALLEL) tests/races)
	@echo 'Left out: house rules (make lint); migrations, PostgreSQL, the browser, the benchmark, sweeps'
	@echo 'of all pages, machines (make test-all).'

test-fast: .venv/installed-dev ## Test the domain and the features on SQLite
	$(PYTEST) $(PARALLEL) -q -m 'not slow and not machine' $(wildcard tests/domain tests/features)

test-all: lint-house test test-migrations test-sweeps test-properties test-postgresql test-browser test-bench test-wheel ## Test everything, on both engines and in the browser

test-migrations: .venv/installed-dev ## Migrate databases of earlier versions, with rows in them, on SQLite
	$(PYTEST) $(PARALLEL) -q tests/migrations

test-sweeps: .venv/installed-dev ## Open every page and send every form, as everybody, with odd, twice or broken contents; try long lists
	$(PYTEST) $(PARALLEL) -m 'sweep or slow' tests/trust $(wildcard tests/features tests/journeys)

# What a page or file looks like is the same on both engines; the matrix opens each on this one too.
DRAWN := pages files paper papers letters words looks
test-postgresql: .venv/installed-dev ## Test on PostgreSQL, the races as well, with a throw-away cluster or TEST_POSTGRES_URL
	$(PYTEST) $(PARALLEL) --database=postgresql -m 'not browser and not sweep and not slow and not machine' \
		$(DRAWN:%=--ignore-glob='*_%.py') $(WITH_DATABASE)

test-browser: .venv/installed-dev ## Test in Chromium
	$(PYTEST) -m browser tests/browser tests/journeys

# Each promise of the allocation is tested on this many random rounds.
EXAMPLES ?= 2000

test-properties: .venv/installed-dev ## Test each promise of the allocation on 2,000 random rounds (EXAMPLES), and play with the machines
	FAIRPLACE_EXAMPLES=$(EXAMPLES) $(PYTEST) $(PARALLEL) -q tests/domain/allocation
	$(PYTEST) $(PARALLEL) -q -m machine tests/features

test-bench: .venv/installed-dev ## Test that the benchmark runs, which takes too long for every change
	$(PYTEST) -q $(BENCHED)

test-wheel: .venv/installed-dev ## Build the package, install it elsewhere, and serve the site from there
	$(PYTEST) -q -m wheel tests/package

# Trying how the running site stands trouble: see docs/RELIABILITY.md.

CONTROL := --only sqlite --kills 0 --cuts 0 --seconds 0 --no-nights
test-chaos: test-chaos-sqlite test-chaos-postgresql test-chaos-control ## Break the running site for three minutes; nothing may be lost, and without guards it must be

test-chaos-sqlite: .venv/installed-dev ## Break it on SQLite
	$(BIN)/python -m bench.chaos --seed 1 --only sqlite --kills 6 --cuts 30 --seconds 2

test-chaos-postgresql: .venv/installed-dev ## Break it on PostgreSQL
	$(BIN)/python -m bench.chaos --seed 1 --only postgresql --kills 6 --seconds 2 --no-nights

test-chaos-control: .venv/installed-dev ## Run it without its guards, which must be found
	$(BIN)/python -m bench.chaos --seed 1 $(CONTROL) --without forms
	$(BIN)/python -m bench.chaos --seed 1 $(CONTROL) --without commits

test-year: .venv/installed-dev ## Live through half a school year by chance, and examine it every week
	$(BIN)/python -m bench.year --seeds 1 --days 180 --doctor-every 7

audit: .venv/installed-dev ## Look for published vulnerabilities of what a site installs; say so if none could be looked up
	$(BIN)/python -m tests.dependencies audit

mutation: .venv/installed-dev ## Break the rules for places and money; their tests must notice 90 % (10 min)
	rm -rf mutants
	CI=true FAIRPLACE_EXAMPLES=25 $(BIN)/mutmut run --max-children $(JOBS)
	$(BIN)/mutmut export-cicd-stats
	$(BIN)/python -m tests.mutation mutants/mutmut-cicd-stats.json

lint: lint-style lint-types lint-imports lint-house ## Check style, types, the direction of imports and the house's rules

lint-style: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lint-types: .venv/installed-dev
	$(BIN)/mypy booking config.py wsgi.py tests/house/typed_ports.py $(wildcard bench)

lint-imports: .venv/installed-dev
	$(BIN)/lint-imports --no-logo

lint-house: .venv/installed-dev
	$(PYTEST) $(PARALLEL) -q tests/house --ignore $(BENCHED)

settings: .venv/installed-dev ## Write deploy/.env.example from the table of settings
	$(BIN)/python -c 'from booking import settings; print(settings.example(), end="")' > deploy/.env.example

data-map: .venv/installed-dev ## Draw dist/DATA-MAP.md from the tables of what is kept and who reads it
	$(BIN)/python -m tests.data_map

sbom: .venv/installed-dev ## Write dist/fairplace.cdx.json: every part that a site installs, in CycloneDX
	$(BIN)/python -m tests.dependencies sbom dist/fairplace.cdx.json

locks: .venv/installed-dev ## Write deploy/locks: versions of constraints.txt with hashes (needs uv, which it installs apart)
	$(BIN)/python -m venv .venv/locks
	.venv/locks/bin/pip install --quiet uv
	$(BIN)/python -m tests.dependencies locks .venv/locks/bin/uv
	rm -r .venv/locks

freeze: .venv/installed-dev ## Write down the migrations of the release in booking/__init__.py, and keep its databases
	$(BIN)/python -m tests.releases
	$(BIN)/python -m tests.populated

format: .venv/installed-dev ## Format the code, and fix what can be fixed automatically
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/installed-dev ## Measure pages against a bare Flask application
	$(BIN)/python -m bench

KILLS ?= 200
CUTS ?= 1000
SECONDS ?= 20
chaos: .venv/installed-dev ## Break the running site on purpose, on both engines (KILLS, CUTS, SECONDS, SEED, ENGINES)
	$(BIN)/python -m bench.chaos --kills $(KILLS) --cuts $(CUTS) --seconds $(SECONDS) \
		$(if $(SEED),--seed $(SEED)) $(foreach engine,$(ENGINES),--only $(engine)) \
		$(if $(WITHOUT),--without $(WITHOUT))

SEEDS ?= 5
DAYS ?= 385
DOCTOR_EVERY ?= 1
year: .venv/installed-dev ## Live through school years by chance, examined day by day (SEEDS, SEED, DAYS, DOCTOR_EVERY)
	$(BIN)/python -m bench.year --seeds $(SEEDS) --days $(DAYS) --doctor-every $(DOCTOR_EVERY) \
		$(if $(SEED),--seed $(SEED)) --verbose

upgrade: ## Update constraints.txt to the newest versions that pyproject.toml allows; then make locks
	python3 -m venv .venv/upgrade
	.venv/upgrade/bin/pip install --quiet -e '.[dev]'
	{ head -n 1 constraints.txt; .venv/upgrade/bin/pip freeze --exclude-editable | sort -f; } > .venv/upgrade/versions
	mv .venv/upgrade/versions constraints.txt
	rm -r .venv/upgrade

clean: ## Delete what was installed and cached; the data under instance/ stays
	rm -rf .venv *.egg-info .*_cache .hypothesis mutants test-results
	find . -name __pycache__ -prune -exec rm -rf {} +
