"""Knows MkDocs and ProperDocs as hosts of the contract."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from tests.contract.hosts import Host, Page, Site, write_file

_BARE_TEMPLATE = """\
{% if page.meta.fragment %}
<p>A part of a page</p>
{% else %}
<!DOCTYPE html>
<html{% if page.meta.htmllang %} lang="{{ page.meta.htmllang }}"{% endif %}>
<head><title>{{ page.title }}</title></head>
<body>{{ page.content }}</body>
</html>
{% endif %}
"""


@dataclass(frozen=True)
class MkDocs(Host):
    """MkDocs, or ProperDocs, which is the same under another name."""

    distribution: str
    strict = ("--strict",)
    unreadable_page = "---\ntitle: Broken\ntags: [never closed\nchaport: false\n---\n\nWords.\n"

    def write(self, site: Site, folder: Path) -> None:
        for source, page in site.pages.items():
            write_file(folder / "docs" / source, _source_of(page))
        for source, text in site.raw_pages.items():
            write_file(folder / "docs" / source, text)
        if site.bare_theme:
            write_file(folder / "theme" / "main.html", _BARE_TEMPLATE)
        # JSON is YAML.
        write_file(folder / "mkdocs.yml", json.dumps(_configuration(site), indent=1))

    def command(self, folder: Path) -> list[str]:
        return [self.distribution, "build", "-f", "mkdocs.yml", "-d", "out"]

    def output(self, source: str) -> str:
        path = PurePosixPath(source)
        folder = path.parent if path.stem == "index" else path.with_suffix("")
        return str(folder / "index.html")

    def messages(self, console: str, level: str) -> list[str]:
        lines = re.findall(rf"^{level:<8}- +(.*)$", console, re.M)
        return [line.removeprefix("chaport: ") for line in lines]

    def summaries(self, console: str) -> list[str]:
        return re.findall(r"^INFO +-  chaport: (chat on .*)$", console, re.M)

    def origins(self, console: str) -> list[str]:
        return re.findall(r"^DEBUG +-  chaport: (.*)$", console, re.M)

    def complaint(self, console: str) -> str:
        return console[console.find("ERROR") :]

    def refusal(self, problems: Sequence[tuple[str, str]]) -> str:
        listed = "\n".join(
            f"Plugin 'chaport' option '{path}': {message}" for path, message in problems
        )
        return (
            f"ERROR   -  Config value 'plugins': {listed}\n\nAborted with a configuration error!\n"
        )

    def secrets_refusal(self, problems: Sequence[str]) -> str:
        listed = "".join(f"  - {problem}\n" for problem in problems)
        return f"ERROR   -  chaport: secrets in pages:\n{listed}\nAborted with a BuildError!\n"


def _source_of(page: Page) -> str:
    front_matter = f"---\n{page.front_matter.strip()}\n---\n\n" if page.front_matter else ""
    return f"{front_matter}# A page\n\n{page.text}\n"


def _configuration(site: Site) -> dict[str, Any]:
    theme: dict[str, Any] = {"name": "mkdocs"}
    if site.bare_theme:
        theme = {"name": None, "custom_dir": "theme"}
    if site.language:
        theme["locale"] = site.language
    return {
        "site_name": "A site",
        "site_url": site.address,
        "theme": theme,
        "plugins": [] if site.options is None else [{"chaport": site.options}],
    }
