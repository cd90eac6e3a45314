"""Where each page's options came from: one line a page, for an author who asks (`-v`)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from chaport_core.page.outcome import LEFT, Outcome
from chaport_core.problem import Path, dotted, holds_secret, printable
from chaport_core.settings.layers import Layer
from chaport_core.settings.site import SiteSettings

_SITE = "site"
_LONGEST = 60


class Origin(NamedTuple):
    """The layer that had the last word on an option."""

    value: Any
    """What it said; None: it took the key away."""
    layer: str


def line_of_site(settings: SiteSettings) -> str:
    """The site's own options, which no page's line repeats."""
    origins = find_origins([(_SITE, settings.options)])
    return printable(f"every page: {', '.join(_told(origins))}")


def line_of_page(
    name: str,
    outcome: Outcome,
    settings: SiteSettings,
    rows: tuple[int, ...],
    own: Layer | None,
    language: str | None,
) -> str:
    """What a page got, and which rows or front matter said so.

    `language`: the code that the page got because its `<html lang>` does not say its language.
    """
    if outcome in LEFT:
        return printable(f"{name}: left as it was ({LEFT[outcome][0]})")
    layers = [(_SITE, settings.options)]
    layers += [(_row(settings.rows.patterns[index]), settings.row_layers[index]) for index in rows]
    origins = find_origins([*layers, ("front matter", own or {})])
    enabled = origins.pop(("enabled",), None)
    line = f"{name}: {'chat' if outcome == 'on' else 'off'}"
    if enabled and (enabled.layer != _SITE or outcome == "off"):
        line += f" ({enabled.layer})"
    # What else was said of a page that is off changes nothing.
    told = list(_told(_beyond_site(origins))) if outcome == "on" else []
    if language:
        told.append(f'language.use: "{language}" (the page\'s, which <html lang> does not say)')
    return printable("; ".join([line, ", ".join(told)] if told else [line]))


def find_origins(layers: Iterable[tuple[str, Layer]]) -> dict[Path, Origin]:
    """The origin of every option that these layers say, outermost first, by its path."""
    found: dict[Path, Origin] = {}
    for name, layer in layers:
        for key, value in layer.items():
            _lay(found, (key,), value, name)
    return found


def _lay(found: dict[Path, Origin], path: Path, value: object, layer: str) -> None:
    """As `merge.merged` does: mappings merge, anything else replaces what was there."""
    inside = [known for known in found if known[: len(path)] == path]
    if isinstance(value, Mapping) and (value or inside not in ([], [path])):
        # What was taken away as a whole stays so, beside what comes anew.
        if path in found and found[path].value is not None:
            del found[path]
        for key, item in value.items():
            _lay(found, (*path, key), item, layer)
        return
    for known in inside:
        del found[known]
    found[path] = Origin(value, layer)


def _beyond_site(origins: Mapping[Path, Origin]) -> dict[Path, Origin]:
    return {path: origin for path, origin in origins.items() if origin.layer != _SITE}


def _told(origins: Mapping[Path, Origin]) -> Iterator[str]:
    for path, origin in origins.items():
        value = "taken away" if origin.value is None else _shown(origin.value)
        yield f"{dotted(path)}: {value} ({origin.layer})"


def _row(pattern: str) -> str:
    return f"row {json.dumps(pattern, ensure_ascii=False)}"


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if holds_secret(text):
        return "not shown, since it looks like a secret"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
