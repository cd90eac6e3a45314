# The commands of this repository: test, demo, bench, format.
# Each sets up what it needs; PYTHON chooses the interpreter (3.11 or newer).

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
NOX = .venv/tools/bin/nox

.PHONY: test test-pages test-builds demo bench format

# Every session of noxfile.py, two at a time; `make test SESSION=core` runs one of them.
test: $(NOX)
	PYTHON=$(PYTHON) tests/prepare-machine.sh
ifdef SESSION
	$(NOX) --session $(SESSION)
else
	$(MAKE) --jobs=2 --keep-going --output-sync=target test-pages test-builds
endif

test-pages:
	$(NOX) --session browser core

test-builds:
	$(NOX) --session lint mkdocs properdocs pelican package

# Builds the demo sites and serves them on a free port of 127.0.0.1.
demo:
	@$(PYTHON) sites/serve.py

# Prints the benchmark's table and keeps it as build/bench.json.
bench: $(NOX)
	$(NOX) --session bench

format: $(NOX)
	$(NOX) --session format

$(NOX):
	PYTHON=$(PYTHON) tests/prepare-machine.sh venv
	.venv/tools/bin/python -m pip install --quiet "nox>=2025.2" uv
	@touch $@
