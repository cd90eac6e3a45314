"""Where each page's options came from: one line a page, for an author who asks (`-v`)."""

import json
from collections.abc import Iterable, Iterator

from chaport_core.page.outcome import LEFT, Outcome
from chaport_core.problem import Path, dotted, holds_secret, printable
from chaport_core.settings.layers import Origin, merge
from chaport_core.settings.site import SITE, PageConfig, SiteSettings

_LONGEST = 60


def line_of_site(settings: SiteSettings) -> str:
    """The site's own options, which no page's line repeats."""
    origins = merge([(SITE, settings.options)]).origins
    return printable(f"every page: {', '.join(_told(origins.items()))}")


def line_of_page(
    name: str, outcome: Outcome, config: PageConfig | None, language: str | None
) -> str:
    """What a page got, and which rows or front matter said so.

    `config`: None where the page was left as it was; `language`: the code that the page got
    because its `<html lang>` does not say its language.
    """
    if config is None or outcome in LEFT:
        return printable(f"{name}: left as it was ({LEFT[outcome][0]})")
    line = f"{name}: {'chat' if outcome == 'on' else 'off'}"
    enabled = config.origins.get(("enabled",))
    if enabled and (enabled.layer != SITE or outcome == "off"):
        line += f" ({enabled.layer})"
    # What else was said of a page that is off changes nothing.
    told = list(_told(_beyond_site(config))) if outcome == "on" else []
    if language:
        told.append(f'language.use: "{language}" (the page\'s, which <html lang> does not say)')
    return printable("; ".join([line, ", ".join(told)] if told else [line]))


def _beyond_site(config: PageConfig) -> Iterator[tuple[Path, Origin]]:
    for path, origin in config.origins.items():
        if origin.layer != SITE and path != ("enabled",):
            yield path, origin


def _told(origins: Iterable[tuple[Path, Origin]]) -> Iterator[str]:
    for path, origin in origins:
        value = "taken away" if origin.value is None else _shown(origin.value)
        yield f"{dotted(path)}: {value} ({origin.layer})"


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if holds_secret(text):
        return "not shown, since it looks like a secret"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
