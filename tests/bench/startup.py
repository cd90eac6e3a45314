"""What the plugin adds to a build before its first page: imports, and reading its settings."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from children import Command, compile_modules, printed_number
from hosts import HOSTS
from rows import Row, median_row
from sample import APP_ID

# CPU of a process is exact, so no two processes need to be compared: each builds the site plain
# until the host's own modules are imported, and then once more and with the plugin.
_IN_HOST = """
import sys, time
def milliseconds(path):
    start = time.process_time()
    build(path)
    return 1000 * (time.process_time() - start)
_, plain, plugin = map(milliseconds, [sys.argv[1], *sys.argv[1:]])
print(plugin - plain)
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
_ALONE = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
start = time.process_time()
from core import chat_adder
chat_adder({"appId": sys.argv[2]}, Path())
print(1000 * (time.process_time() - start))
"""


def measure(pairs: int | None) -> Iterator[Row]:
    """Milliseconds of CPU that a build without pages takes more, and the core without a host.

    `pairs`: processes of each; None for 20.
    """
    for host, make_site in HOSTS.items():
        with tempfile.TemporaryDirectory() as folder:
            site = make_site(Path(folder), 0)
            command = [sys.executable, "-c", _BUILDS[host] + _IN_HOST]
            command += map(str, (site.plain_file, site.plugin_file))
            yield median_row(f"in {host}", printed_numbers(command, pairs), "ms", 80)
    command = [sys.executable, "-c", _ALONE, str(Path(__file__).parent), APP_ID]
    yield median_row("the core without a host", printed_numbers(command, pairs), "ms", 80)


def printed_numbers(command: Command, count: int | None) -> list[float]:
    """What the command prints each time, once its modules are compiled."""
    compile_modules(command)
    return [printed_number(command) for _ in range(count or 20)]
