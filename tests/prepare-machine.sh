#!/usr/bin/env bash
# What the tests need from the machine: a virtual environment, Chromium, Node.js, PHP.
# Missing Debian packages are installed where that is possible (as root); the rest is said.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${PYTHON:-}" ]; then
  echo "No Python 3.11 or newer was found; install one, or name it: make test PYTHON=..." >&2
  exit 1
fi

install_packages() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
  else
    echo "Please install: $*" >&2
    return 1
  fi
}

if [ "${1:-}" = venv ]; then
  "$PYTHON" -m venv .venv/tools 2>/dev/null && exit
  # Debian's python3 comes without ensurepip.
  install_packages python3-venv
  exec "$PYTHON" -m venv .venv/tools
fi

has_chromium() {
  command -v chromium || command -v chromium-browser || command -v google-chrome ||
    ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-*/chrome-linux*/chrome
}
if ! has_chromium >/dev/null 2>&1; then
  install_packages chromium
fi
# The same browser without windows, which takes half the time; Debian has it since 2025.
if ! command -v chromium-headless-shell >/dev/null; then
  install_packages chromium-headless-shell 2>/dev/null || true
fi

# Without Node.js the tests of the browser code's syntax and of editors are skipped with a reason.
if ! command -v npm >/dev/null; then
  install_packages nodejs npm || true
fi

# Without PHP the comparison of signatures with its own is skipped with a reason.
if ! command -v php >/dev/null; then
  install_packages php-cli || true
fi
