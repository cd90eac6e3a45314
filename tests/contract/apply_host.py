"""Knows `chaport apply` as a host of the contract: a folder of pages that any generator wrote."""

import json
import re
from collections.abc import Sequence
from html import escape
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from markdown import markdown
from tests.contract.hosts import Build, Host, Page, Site, run, write_file


class Apply(Host):
    """The smallest generator, which writes a page's settings into it as templates do, and apply.

    It knows pages by where they were written. Rows of the contract are on sources, and messages
    name them: here both are led to the output and back.
    """

    distribution = "chaport-ssg"
    strict = ("--strict",)
    talkative = ("-v",)
    # What a template without `tojson` makes of a mapping.
    unreadable_page = """<html><head><meta name="chaport:page" content="{'enabled': False}">"""
    unreadable_complaint = (
        "chaport: is not a line of JSON (Expecting property name enclosed in double quotes: line 1"
        " column 2 (char 1)); this page gets no chat until that is mended"
    )

    @property
    def is_installed(self) -> bool:
        """In the environment of the generators that it is for: once is enough."""
        return find_spec("sphinx") is not None

    def write(self, site: Site, folder: Path) -> None:
        for source, page in site.pages.items():
            write_file(folder / "out" / self.output(source), _page(page, site))
        for source, text in site.raw_pages.items():
            write_file(folder / "out" / self.output(source), text)
        if not site.bare_theme:
            write_file(folder / "out" / "404.html", _html("No such page", "", site.language))
        if site.options is not None:
            write_file(folder / "chaport.yml", json.dumps(_options(site.options)))

    def command(self, folder: Path) -> list[str]:
        return ["chaport", "apply", "out"]

    def build(self, site: Site, folder: Path, *flags: str) -> Build:
        self.write(site, folder)
        if site.options is None:
            return Build(0, "", folder / "out")
        language = ["--language", site.language] if site.language else []
        command = [*self.command(folder), "--site-url", site.address, *language, *flags]
        return run(command, folder)

    def output(self, source: str) -> str:
        return str(PurePosixPath(source).with_suffix(".html"))

    def messages(self, console: str, level: str) -> list[str]:
        return [_by_source(line) for line in re.findall(rf"^{level.lower()}: (.*)$", console, re.M)]

    def summaries(self, console: str) -> list[str]:
        return re.findall("^chat on .*", console, re.M)

    def origins(self, console: str) -> list[str]:
        # On the level of hints.
        return self.messages(console, "INFO")

    def complaint(self, console: str) -> str:
        return _by_source(console[console.find("error: ") :].strip())

    def refusal(self, problems: Sequence[tuple[str, str]]) -> str:
        listed = "\n".join(f"  - {path}: {message}" for path, message in problems)
        return f"error: chaport.yml has mistakes:\n{listed}"

    def secrets_refusal(self, problems: Sequence[str]) -> str:
        listed = "\n".join(f"  - {problem}" for problem in problems)
        return f"error: secrets in pages, so nothing was written:\n{listed}"

    def wrote_nothing(self, build: Build) -> bool:
        pages = [path.read_text(encoding="utf-8") for path in build.folder.rglob("*.html")]
        return pages != [] and not any('name="chaport"' in page for page in pages)


def _by_source(message: str) -> str:
    # The name of a page, or of a row.
    return re.sub(r"\.html(?=: |\"\))", ".md", message)


def _options(options: Any) -> Any:
    rows = options.get("pages")
    if not isinstance(rows, dict):
        return options
    return {**options, "pages": {row.replace(".md", ".html"): said for row, said in rows.items()}}


def _page(page: Page, site: Site) -> str:
    front_matter = yaml.safe_load(page.front_matter) or {}
    if site.bare_theme and front_matter.get("fragment"):
        return "<p>A part of a page</p>\n"
    metas = "".join(
        f'<meta name="{_name(key)}" content="{escape(_written(value))}">'
        for key, value in front_matter.items()
        if key.lower().startswith("chaport")
    )
    lang = front_matter.get("htmllang") if site.bare_theme else site.language
    return _html(markdown(page.text), metas, lang)


def _name(key: str) -> str:
    return "chaport:page" if key == "chaport" else key


def _written(value: object) -> str:
    return "" if value is None else json.dumps(value)


def _html(body: str, metas: str, lang: str | None) -> str:
    html = f'<html lang="{lang}">' if lang else "<html>"
    head = f"<head><title>A page</title>{metas}</head>"
    return f"<!DOCTYPE html>\n{html}\n{head}\n<body>{body}</body>\n</html>\n"
