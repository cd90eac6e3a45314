# The commands of this repository: test, demo, bench, schemas, browser, pictures, format.
# Each sets up what it needs; PYTHON chooses the interpreter (3.11 or newer).

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
NOX = .venv/tools/bin/nox

.PHONY: test test-pages test-builds demo bench format browser schemas pictures

# Every session of noxfile.py, two at a time; `make test SESSION=core` runs one of them.
test: $(NOX)
	PYTHON=$(PYTHON) tests/prepare-machine.sh
ifdef SESSION
	$(NOX) --session $(SESSION)
else
	$(MAKE) --jobs=2 --keep-going --output-sync=target test-pages test-builds
endif

test-pages:
	$(NOX) --session browser core package

test-builds:
	$(NOX) --session lint mkdocs properdocs pelican apply gallery

# Builds the demo sites and serves them on a free port of 127.0.0.1.
demo:
	@$(PYTHON) sites/serve.py

# Prints the benchmark's table and keeps it as build/bench.json.
bench: $(NOX)
	$(NOX) --session bench

BROWSER = $(CURDIR)/shared/chaport_core/browser
OUT = $(BROWSER)
NPM_RUN = npm run --silent --prefix build/npm

# Makes the browser code's shipped files after a change of a script or of a module in browser/src.
browser: build/npm/node_modules
	for name in runtime content; do \
	  $(NPM_RUN) minify $(BROWSER)/$$name.js > build/$$name.min.js && mv build/$$name.min.js $(OUT)/ || exit; done
	$(NPM_RUN) bundle -- $(BROWSER)/src/identity/index.js > build/identity.js
	$(NPM_RUN) minify $(CURDIR)/build/identity.js > build/identity.min.js
	mv build/identity.min.js $(OUT)/
	$(NPM_RUN) bundle -- $(BROWSER)/src/preview/index.js > build/preview-widget.js
	mv build/preview-widget.js $(OUT)/

# Generates options.json, mkdocs.json, page.json and chaport.d.ts after a change of the options or
# methods in chaport_core/schema/types.
schemas: $(NOX)
	$(NOX) --session schemas

# Takes the pictures of the preview widget anew.
pictures: $(NOX)
	$(NOX) --session pictures

# The packages from the npm registry, as tests/npm names them.
build/npm/node_modules: tests/npm/package.json
	mkdir -p build/npm
	cp tests/npm/package.json build/npm/
	npm install --prefix build/npm --silent --no-audit --no-fund
	@touch $@

format: $(NOX)
	$(NOX) --session format

$(NOX):
	PYTHON=$(PYTHON) tests/prepare-machine.sh venv
	.venv/tools/bin/python -m pip install --quiet "nox>=2025.2" uv
	@touch $@
