"""What the plugin adds to a build before its first page: imports, and reading its settings."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from children import compile_modules, printed_number
from hosts import HOSTS
from rows import Row, median_row

# Each builds the empty site plain twice, so that the host's own modules are there, then with the
# plugin. CPU seconds of a process are exact, so no pairs of processes are needed.
_MEASURE = """
import sys, time
def seconds(path):
    start = time.process_time()
    build(path)
    return time.process_time() - start
seconds(sys.argv[1])
plain = seconds(sys.argv[1])
print(1000 * (seconds(sys.argv[2]) - plain))
"""
_BUILDS = {
    "MkDocs": """
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
def build(path):
    build_site(load_config(path))
""",
    "Pelican": """
from pelican import Pelican
from pelican.settings import read_settings
def build(path):
    Pelican(read_settings(path)).run()
""",
}


def measure(pairs: int | None) -> Iterator[Row]:
    """Milliseconds of CPU for each host, in a site without pages.

    `pairs`: plain and plugin builds of each; None for 20.
    """
    for host, make_site in HOSTS.items():
        yield median_row(host, milliseconds(host, make_site, pairs or 20), "ms", 80)


def milliseconds(host: str, make_site: Callable, count: int) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        site = make_site(Path(folder, "site"), 0)
        script = _BUILDS[host] + _MEASURE
        command = [sys.executable, "-c", script, str(site.plain_file), str(site.plugin_file)]
        compile_modules(command)
        return [printed_number(command) for _ in range(count)]
