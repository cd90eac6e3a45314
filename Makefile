# The commands of this repository: test, demo, bench, runtime, browser, pictures, format.
# Each sets up what it needs; PYTHON chooses the interpreter (3.11 or newer).

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
NOX = .venv/tools/bin/nox

.PHONY: test test-pages test-builds demo bench format runtime browser pictures

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

# Makes the shipped forms anew after a change of browser/runtime.js or content.js.
runtime: build/npm/node_modules
	for name in runtime content; do \
	  npm run --silent --prefix build/npm minify ../../shared/chaport_core/browser/$$name.js > build/$$name.min.js \
	  && mv build/$$name.min.js shared/chaport_core/browser/ || exit; done

BROWSER = $(CURDIR)/shared/chaport_core/browser

# Makes the shipped files of what is written in modules; terser takes 5 % off what esbuild makes.
browser: build/npm/node_modules
	npm run --silent --prefix build/npm bundle -- $(BROWSER)/src/identity/index.js > build/identity.js
	npm run --silent --prefix build/npm minify $(CURDIR)/build/identity.js > build/identity.min.js
	mv build/identity.min.js $(BROWSER)/
	npm run --silent --prefix build/npm bundle -- $(BROWSER)/src/preview/index.js > build/preview-widget.js
	mv build/preview-widget.js $(BROWSER)/

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
