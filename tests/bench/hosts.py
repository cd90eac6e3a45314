"""Sites of any number of pages in MkDocs and Pelican, each without the plugin and with it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from children import Command
from sample import APP_ID, linked_outside, sample_prose

# MkDocs' own theme makes a page of about 11 KB of it.
_PROSE_OF_A_PAGE = 3_200


class Site(NamedTuple):
    """The host's configuration files and the commands that build with them."""

    plain_file: Path
    plugin_file: Path
    plain: Command
    plugin: Command


def mkdocs_site(folder: Path, pages: int) -> Site:
    """In the theme `mkdocs`, with search, as a new project has it."""
    _write_pages(folder / "docs", pages, lambda number: f"# Page {number}\n\n")
    (folder / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    common = "site_name: Bench\ntheme: mkdocs\nnav: [index.md]\nsite_dir: "
    plain, plugin = folder / "plain.yml", folder / "plugin.yml"
    plain.write_text(f"{common}plain\nplugins: [search]\n", encoding="utf-8")
    plugin.write_text(
        f"{common}plugin\nplugins: [search, {{chaport: {{appId: {APP_ID}}}}}]\n", encoding="utf-8"
    )
    tool = [sys.executable, "-m", "mkdocs", "build", "-q", "-f"]
    return Site(plain, plugin, [*tool, str(plain)], [*tool, str(plugin)])


def pelican_site(folder: Path, pages: int) -> Site:
    """In the theme `simple`, without feeds."""
    head = "Title: Page {}\nDate: 2026-01-01\n\n"
    _write_pages(folder / "content", pages, head.format)
    common = (
        "AUTHOR = SITENAME = 'Bench'\nSITEURL = 'https://example.org'\nTIMEZONE = 'UTC'\n"
        "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None\n"
        "AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None\n"
        "THEME = 'simple'\nDEFAULT_PAGINATION = 50\nPATH = 'content'\n"
    )
    plain, plugin = folder / "plain.py", folder / "plugin.py"
    plain.write_text(f"{common}OUTPUT_PATH = 'plain'\nPLUGINS = []\n", encoding="utf-8")
    plugin.write_text(
        f"{common}OUTPUT_PATH = 'plugin'\nPLUGINS = ['chaport']\n"
        f"CHAPORT = {{'appId': '{APP_ID}'}}\n",
        encoding="utf-8",
    )
    tool = [sys.executable, "-m", "pelican", "-q", "-s"]
    return Site(plain, plugin, [*tool, str(plain)], [*tool, str(plugin)])


HOSTS: dict[str, Callable[[Path, int], Site]] = {"MkDocs": mkdocs_site, "Pelican": pelican_site}


def _write_pages(folder: Path, pages: int, head: Callable[[int], str]) -> None:
    text = linked_outside(sample_prose())[:_PROSE_OF_A_PAGE]
    folder.mkdir(parents=True)
    for number in range(pages):
        (folder / f"page-{number}.md").write_text(head(number) + text, encoding="utf-8")
