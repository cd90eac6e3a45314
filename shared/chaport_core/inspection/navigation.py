"""Which pages instant navigation has to reload, and why: each against what most pages have.

The usual configuration is the one that most pages with chat and the runtime have; of two equally
frequent ones that of the first page by path. Options for which the widget has no command take a
document load where they differ. It is a short rule: an option that goes back to the account's value
takes one too, and what a site's own script adds cannot be seen here.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from chaport_core.inspection.findings import Finding, Kind
from chaport_core.inspection.page_report import PageReport
from chaport_core.page.containers import selectors_of
from chaport_core.problem import describe


def find_reloads(pages: Sequence[PageReport]) -> Iterator[Finding]:
    """A notice for each page of a site whose pages are swapped that takes a document load."""
    swapped = [page for page in pages if page.asks_for("chaport-runtime")]
    # Pages share configurations: each is compared once, as text.
    texts = {
        page.path: json.dumps(_wanted(page), sort_keys=True)
        for page in swapped
        if page.record and page.record.is_valid
    }
    if not texts:
        return
    usual: Mapping[str, Any] = json.loads(Counter(texts.values()).most_common(1)[0][0])

    @cache
    def why(text: str) -> str | None:
        return _why(usual, json.loads(text))

    for page in swapped:
        text = texts.get(page.path)
        reason = why(text) if text else None
        if page.state == "off":
            reason = "chat is off here: it ends where it was loaded before"
        if reason:
            yield Finding(Kind.RELOAD, page.path, reason)


def _wanted(page: PageReport) -> dict[str, Any]:
    """The configuration as the runtime compares it: a language from the page is part of it."""
    assert page.record
    config: dict[str, Any] = page.record.config
    language = config.get("language") or {}
    if language.get("source") == "html" and not language.get("use"):
        return {**config, "language": page.record.language or page.lang or ""}
    return config


_COMMANDED = {"launcher.show", "appearance.position", "triggers", "assignments", "visitor"}
"""What documented commands change in a page."""
_MOST = 5
"""Options of a page that are named."""


def _why(usual: Mapping[str, Any], config: Mapping[str, Any]) -> str | None:
    if any(selectors_of(usual)) or any(selectors_of(config)):
        return "openIn.selector: the element goes with its page, and the chat in it"
    there, here = _options(usual), _options(config)
    paths = [path for path in {**there, **here} if there.get(path) != here.get(path)]
    said = [
        f"{path}: {_shown(here.get(path))} here, usually {_shown(there.get(path))}"
        for path in paths[:_MOST]
    ]
    more = len(paths) - _MOST
    return "; ".join([*said, f"and {more:,} more"] if more > 0 else said) or None


def _options(config: Mapping[str, Any]) -> dict[str, Any]:
    """The options that no command changes, parts of launcher and appearance by their paths."""
    options: dict[str, Any] = {}
    for name, value in config.items():
        if name in ("launcher", "appearance"):
            options |= {f"{name}.{key}": part for key, part in (value or {}).items()}
        else:
            options[name] = value
    return {path: value for path, value in options.items() if path not in _COMMANDED}


def _shown(value: Any) -> str:
    if isinstance(value, (list, dict)):
        text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
        return text if len(text) <= 60 else "other values"
    return "not set" if value is None else describe(value).removeprefix("the text ")
