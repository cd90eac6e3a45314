"""Knows Pelican as a host of the contract."""

import re
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from tests.contract.hosts import Host, Page, Site, write_file

_BARE_TEMPLATE = """\
{% if page.fragment %}
<p>A part of a page</p>
{% else %}
<!DOCTYPE html>
<html{% if page.htmllang %} lang="{{ page.htmllang }}"{% endif %}>
<head><title>{{ page.title }}</title></head>
<body>{{ page.content }}</body>
</html>
{% endif %}
"""
_NOT_FOUND_TEMPLATE = """\
{% extends "base.html" %}
{% block content %}<h1>No such page</h1>{% endblock %}
"""


class Pelican(Host):
    """Pelican, with pages whose paths are those of their sources."""

    distribution = "pelican"
    strict = ("--fatal=warnings",)
    talkative = ("-v",)
    # A key with a dot ends Python-Markdown's metadata; the rest becomes text.
    unreadable_page = "Title: Broken\nsome.key: x\nchaport: false\n\nWords.\n"

    def write(self, site: Site, folder: Path) -> None:
        for source, page in site.pages.items():
            write_file(folder / "content" / source, _source_of(source, page))
        for source, text in site.raw_pages.items():
            write_file(folder / "content" / source, text)
        if site.bare_theme:
            write_file(folder / "theme" / "templates" / "page.html", _BARE_TEMPLATE)
            (folder / "theme" / "static").mkdir()
        write_file(folder / "overrides" / "404.html", _NOT_FOUND_TEMPLATE)
        write_settings(folder, _settings(site))

    def command(self, folder: Path) -> list[str]:
        return ["pelican", "content", "-s", "pelicanconf.py", "-o", "out"]

    def output(self, source: str) -> str:
        return str(PurePosixPath(source).with_suffix(".html"))

    def messages(self, console: str, level: str) -> list[str]:
        return [
            message.text.removeprefix("chaport: ")
            for message in read_messages(console)
            if message.level == level
        ]

    def summaries(self, console: str) -> list[str]:
        # Printed, as Pelican prints its own line after it.
        return re.findall(r"^chaport: (chat on .*)\nDone: Processed ", console, re.M)

    def origins(self, console: str) -> list[str]:
        # On the level of hints.
        ours = [one for one in read_messages(console) if one.text.startswith("chaport: ")]
        return [one.text.removeprefix("chaport: ") for one in ours if one.level == "INFO"]

    def complaint(self, console: str) -> str:
        messages = list(read_messages(console))
        levels = [message.level for message in messages]
        first = next((i for i, level in enumerate(levels) if level in ("ERROR", "CRITICAL")), None)
        return "\n".join(message.text for message in messages[first:]) if first is not None else ""

    def refusal(self, problems: Sequence[tuple[str, str]]) -> str:
        listed = "\n".join(f"  - {path}: {message}" for path, message in problems)
        return f"Chaport: the setting CHAPORT has mistakes:\n{listed}"

    def secrets_refusal(self, problems: Sequence[str]) -> str:
        listed = "\n".join(f"  - {problem}" for problem in problems)
        return f"Chaport: secrets in pages:\n{listed}"

    def language_of(self, site: Site) -> str | None:
        # Pelican lower-cases its setting DEFAULT_LANG.
        return site.language.lower() if site.language else "en"


def _source_of(source: str, page: Page) -> str:
    # Pelican warns about pages that share a slug, which it makes of the title.
    if page.is_nested:
        return f"---\ntitle: {source}\n{page.front_matter.strip()}\n---\n\n{page.text}\n"
    return f"Title: {source}\n{page.front_matter.strip()}\n\n{page.text}\n"


def _settings(site: Site) -> dict[str, Any]:
    reads_yaml = find_spec("pelican.plugins.yaml_metadata") is not None
    settings: dict[str, Any] = plain_settings() | {
        "SITEURL": site.address.rstrip("/"),
        "ARTICLE_PATHS": ["articles"],
        "PAGE_PATHS": [""],
        "PATH_METADATA": r"(?P<path_no_ext>.*)\..*",
        "PAGE_SAVE_AS": "{path_no_ext}.html",
        "PAGE_URL": "{path_no_ext}.html",
        "DIRECT_TEMPLATES": [] if site.bare_theme else ["404"],
        "THEME": "theme" if site.bare_theme else "simple",
        "THEME_TEMPLATES_OVERRIDES": ["overrides"],
        "PLUGINS": ["yaml_metadata"] if reads_yaml else [],
    }
    if site.language:
        settings["DEFAULT_LANG"] = site.language
    if site.options is not None:
        settings["PLUGINS"] = [*settings["PLUGINS"], "chaport"]
        settings["CHAPORT"] = site.options
    return settings


def plain_settings() -> dict[str, Any]:
    """Settings with which Pelican writes no feeds and has nothing to complain about."""
    feeds = [f"{kind}_{form}" for kind in _FEEDS for form in ("ATOM", "RSS")]
    return {
        "SITENAME": "A site",
        "AUTHOR": "Somebody",
        "TIMEZONE": "UTC",
        "STATIC_PATHS": [],
        # Pages come in the order of the file system.
        "DISPLAY_PAGES_ON_MENU": False,
        **dict.fromkeys(feeds),
    }


_FEEDS = ("FEED", "FEED_ALL", "CATEGORY_FEED", "AUTHOR_FEED", "TAG_FEED", "TRANSLATION_FEED")


def write_settings(folder: Path, settings: dict[str, Any]) -> None:
    """Write a `pelicanconf.py`."""
    lines = (f"{name} = {value!r}\n" for name, value in settings.items())
    write_file(folder / "pelicanconf.py", "".join(lines))


class Message(NamedTuple):
    """What Pelican logged, without the time and the place in its source."""

    level: str
    text: str


_FIRST_LINE = re.compile(r"^(?:\[\d\d:\d\d:\d\d\]| {10}) ([A-Z]+) +(.*?)(?: +\S+\.py:\d+)? *$")


def read_messages(console: str) -> Iterator[Message]:
    """Read a console that is wide enough for every line."""
    level, lines = "", list[str]()
    for line in console.splitlines():
        first = _FIRST_LINE.match(line)
        if first or not line.startswith(" " * 20):
            if level:
                yield Message(level, "\n".join(lines))
            level, lines = (first[1], [first[2]]) if first else ("", [])
        else:
            lines.append(line[20:].rstrip())
    if level:
        yield Message(level, "\n".join(lines))
