"""Knows the page of the documentation that tells what became of each theme."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.gallery.outcome import Outcome
from tests.gallery.theme import left_out, themes_of

PAGE = Path(__file__).parents[2] / "sites/docs/docs/reference/themes.md"
_HEADER = (
    "| Theme | Package | `<html lang>` in German | The widget's language | Chat stands before"
    " | Outcome |\n| --- | --- | --- | --- | --- | --- |\n"
)


def row_of(outcome: Outcome) -> str:
    """A theme's line of the table."""
    theme = outcome.theme
    package = theme.package.partition("==")[0]
    name, lang = f"`{theme.name}`", f"`{outcome.lang}`" if outcome.lang else "none"
    cells = [name, f"{package} {theme.version}", lang, _language(outcome)]
    places = ", ".join(f"`{place}`" for place in outcome.places)
    # A cell is one line.
    complaints = " ".join("; ".join(outcome.complaints).split())
    result = complaints or f"chat on {outcome.pages} pages, nothing found"
    return f"| {' | '.join([*cells, places, result])} |\n"


def _language(outcome: Outcome) -> str:
    if outcome.language == {"source": "html"}:
        return "as the page says"
    return ", ".join(f"`{key}: {value}`" for key, value in (outcome.language or {}).items())


def part_of(host: str, rows: Iterable[str]) -> str:
    """A host's part of the page."""
    notes = {f"`{theme.name}`": theme.note for theme in themes_of(host) if theme.note}
    return (
        f"{_HEADER}{''.join(rows)}\n"
        f"{_listed('What some of them needed:', notes)}"
        f"{_listed('Not in the gallery:', left_out(host))}"
    )


def _listed(title: str, sentences: Mapping[str, str]) -> str:
    lines = "".join(f"- {name}: {sentence}.\n" for name, sentence in sentences.items())
    return f"{title}\n\n{lines}\n" if lines else ""


def documented(host: str) -> str:
    """A host's part as it stands on the page."""
    return _part(host).search(_text())[2]  # type: ignore[index]


def write(host: str, part: str) -> None:
    """Put a host's part in the place of the one that stands there."""
    text = _part(host).sub(lambda found: f"{found[1]}{part}{found[3]}", _text())
    PAGE.write_text(text, encoding="utf-8")


def _text() -> str:
    return PAGE.read_text(encoding="utf-8")


def _part(host: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- generated: {host} -->\n\n)(.*?)(<!-- end of {host} -->\n)", re.S)
