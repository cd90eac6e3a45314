"""Builds the gallery's site in a theme, asks `chaport check` about it, tells what became of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from tests.contract.hosts import run
from tests.contract.written_site import read_page
from tests.far_end.addresses import APP_ID
from tests.gallery.sites import (
    COMMANDS,
    GERMAN_PAGE,
    LINK_PAGE,
    OWN,
    language_of,
    write_site,
)
from tests.gallery.theme import Theme

from chaport_cli.main import main
from chaport_core.page.scripts import loader_script

_LOADER = f"<script>{loader_script()}</script>"
_FOR_LINKS = re.compile(r'(?:<(?:script defer|link)\s[^>]*"[^"]*chaport-[^>]*>(?:</script>)?)*\s*')


@dataclass(frozen=True)
class Outcome:
    """What became of a theme's site."""

    theme: Theme
    complaints: tuple[str, ...]
    """All that is not as it should be."""
    pages: int = 0
    """How many pages carry chat."""
    lang: str | None = None
    """The `<html lang>` of the page in German, which the theme wrote."""
    language: dict[str, str] | None = None
    """What that page says to the widget about its language."""
    places: tuple[str, ...] = ()
    """The tags that our splice stands before."""


def try_theme(theme: Theme, folder: Path) -> Outcome:
    """Build the gallery's site in a theme, and look at every page of it."""
    write_site(theme, folder)
    built = run(COMMANDS[theme.host], folder)
    if built.code:
        last = built.console.strip().splitlines()[-1:]
        return Outcome(theme, (f"the build ended with code {built.code}: {''.join(last)}",))
    heard = re.findall(r"(?i)(?:warning|error|critical)\b.*chaport.*", built.console)
    texts = {
        path.relative_to(built.folder).as_posix(): path.read_bytes().decode()
        for path in sorted(built.folder.rglob("*.html"))
    }
    records = {name: read_page(text).record for name, text in texts.items()}
    german = records.get(GERMAN_PAGE[theme.host]) or {"config": {}}
    with_chat = [text for name, text in texts.items() if records[name]]
    return Outcome(
        theme,
        (*heard, *_wrong_pages(theme, texts, records), *_remarks_of_check(built.folder)),
        pages=len(with_chat),
        lang=rendered_lang(texts.get(GERMAN_PAGE[theme.host], "")),
        language=german["config"].get("language"),
        places=tuple(sorted({_place(text) for text in with_chat})),
    )


def _remarks_of_check(site: Path) -> Iterator[str]:
    checked = CliRunner().invoke(main, ["check", str(site)])
    if checked.exit_code:
        yield f"chaport check ended with code {checked.exit_code}: {checked.output.strip()}"


def _wrong_pages(
    theme: Theme, texts: dict[str, str], records: dict[str, dict[str, Any] | None]
) -> Iterator[str]:
    own = OWN[theme.host]
    for name in own.keys() - texts.keys():
        yield f"{name} was not written"
    for name, text in texts.items():
        expected = None
        if name not in theme.fragments:
            expected = _expected_config(own.get(name, {}), language_of(theme.host, name), text)
        record = records[name]
        found = record and record["config"]
        if found != expected:
            yield f"{name} should say {expected}, and says {found}"
        if record and _LOADER not in text:
            yield f"{name} does not carry the loader as it was published"
    if 'data-chaport="open"' not in texts.get(LINK_PAGE[theme.host], ""):
        yield f"{LINK_PAGE[theme.host]} has no chat link"


def _expected_config(own: dict[str, Any] | None, known: str, text: str) -> dict[str, Any] | None:
    if own is None:
        return None
    rendered = rendered_lang(text)
    agrees = rendered is not None and rendered.lower().split("-")[0] == known
    language = {"source": "html"} if agrees else {"use": known}
    return {"appId": APP_ID, "language": language, **own}


class _LangReader(HTMLParser):
    """Hears the `<html>` tag of a page, where it stands before the page's content."""

    lang: str | None = None
    is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html" and not self.is_over:
            self.lang = dict(attrs).get("lang")
        self.is_over = True

    def handle_data(self, data: str) -> None:
        self.is_over = self.is_over or bool(data.strip())


def rendered_lang(page: str) -> str | None:
    """The theme's own `<html lang>` of a page."""
    reader = _LangReader()
    # One theme writes two byte order marks on some pages: the second is content.
    reader.feed(page.removeprefix("\ufeff"))
    return reader.lang


def _place(text: str) -> str:
    _, _, rest = text.partition(_LOADER)
    rest = rest[_FOR_LINKS.match(rest).end() :]  # type: ignore[union-attr]
    tag = re.match(r"</?[a-zA-Z][\w-]*", rest)
    return f"{tag[0]}>" if tag else repr(rest[:20])
