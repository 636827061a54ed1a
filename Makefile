# Two commands are enough: `make serve` and `make test`. `make help` lists the others.
# Needs make, sh and Python 3.11 or newer; everything else goes into .venv. GNU make 3.81 and BSD make both read this.

PORT ?= 8000
PYTHON ?=
BROWSER = chromium
VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help serve test bench lint format clean

help:
	@echo "make serve    build site/ and serve it on http://127.0.0.1:$(PORT)/ (PORT=8001 takes another port)"
	@echo "make test     run every test in Chromium, Firefox and WebKit, and under MicroPython and CPython"
	@echo "make bench    measure the page, read times and the service beside others, and print tables (BROWSER=firefox or webkit: runs there)"
	@echo "make lint     check style, types and the layout's rules"
	@echo "make format   put the source into the house's form"
	@echo "make clean    remove what these made here (the per-user cache and a site's hearts stay)"

serve: $(VENV)/installed
	@$(BIN)/readerly serve site --port $(PORT)

test: $(VENV)/installed-test
	@$(BIN)/python tests/browser/install.py
	@$(BIN)/python -m pytest $(TESTS)

bench: $(VENV)/installed-test
	@$(BIN)/python tests/browser/install.py
	@$(BIN)/python -m tests.bench --runs $${RUNS:-7} --browser $(BROWSER)
	@$(BIN)/python -m tests.bench.read_times
	@$(BIN)/python -m tests.bench.hearts
	@$(BIN)/python -m tests.bench.streams

lint: $(VENV)/installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(BIN)/lint-imports

format: $(VENV)/installed-test
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf $(VENV) .cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist build test-results
	find widgets site tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp newer than pyproject.toml means that nothing is to be installed: the second run asks no registry.
$(VENV)/installed: pyproject.toml
	@sh tests/setup/venv.sh $(VENV) $(PYTHON)
	@echo "Installing Readerly and what it needs into $(VENV) (once)"
	@$(PIP) --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	@echo "Installing what its tests need into $(VENV) (once)"
	@$(PIP) --editable '.[test]'
	@touch $@
