# Everything one does with the portal. `make help` tells what.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SCALE ?= 1
TESTS ?= tests
# A production-like environment for `check --deploy`: nothing of it is used to connect.
PRODUCTION := EMBEDDED=0 DATABASE_URL=postgres://nobody@localhost/nothing PORTAL_URL=https://portaal.example \
	SECRET_KEY=a-long-secret-that-is-only-here-to-be-long-enough-for-the-checks-0123456789

.PHONY: help run test check lint layers templates types models deploy bench lighthouse demo words coverage lock clean install
.NOTPARALLEL:
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: install ## start the portal with demo data; PORT=8000
	@exec $(BIN)/python -m config.run

test: install ## all tests; TESTS=tests/huizen for some of them
	@$(BIN)/python -m pytest -n 3 --dist worksteal $(TESTS)

check: lint layers templates types models deploy ## everything that can be checked without running a test

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

layers: install
	$(BIN)/lint-imports --no-logo

templates: install
	$(BIN)/djlint templates --lint --quiet

types: install
	EMBEDDED=1 $(BIN)/mypy

models: install
	$(BIN)/python manage.py makemigrations --check --dry-run

deploy: install
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

coverage: install ## all tests, and which branches they never take; fails under 95 %
	@rm -f .coverage .coverage.*
	@$(BIN)/python -m pytest -n 3 --dist worksteal --cov --cov-report=term

bench: install ## the work that counts, each beside its yardstick
	@$(BIN)/python -m pytest -s tests/benchmarks/bench_*.py

lighthouse: install ## what Lighthouse says of a running portal; URL=http://localhost:8000, needs npm
	@$(BIN)/python tests/benchmarks/lighthouse.py $(or $(URL),http://localhost:8000)

demo: install ## make the demo network anew; SCALE=10 for a larger one
	@$(BIN)/python manage.py load_demo --reset --scale $(SCALE)

words: install ## new words of the sources into locale/, for who translates
	@$(BIN)/python -m config.translations

lock: install ## pin every package again, with the hashes of its files
	@for set in "requirements.txt" "requirements-dev.txt --extra dev"; do \
		$(BIN)/uv pip compile pyproject.toml --quiet --generate-hashes --no-header --no-emit-index-url \
			--python-version 3.11 --output-file $$set || exit 1; \
	done

clean: ## forget the data of the tests and the demo
	@rm -rf var

# The packages of the lock, again only when the lock changed.
install:
	@cmp -s requirements-dev.txt .venv/requirements-dev.txt || { \
		$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
			|| { echo "Het portaal vraagt Python 3.11. Geef het pad: make PYTHON=/pad/naar/python3.11"; exit 1; }; \
		echo "Pakketten installeren in .venv. Dat duurt een of twee minuten."; \
		$(PYTHON) -m venv .venv && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt && \
		cp requirements-dev.txt .venv/requirements-dev.txt; }
