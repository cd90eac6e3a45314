"""Which pages instant navigation has to reload, and why: each against what most pages have.

The usual configuration is the one that most pages with chat and the runtime have; of two equally
frequent ones that of the first page by path. A page is reloaded if the way from a usual page to it,
or from it to a usual page, has no commands. What a site's own script adds cannot be seen here.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from chaport_core.inspection.findings import Finding, Kind
from chaport_core.inspection.page_report import PageReport
from chaport_core.inspection.reloads import load_reasons
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


def _why(usual: Mapping[str, Any], config: Mapping[str, Any]) -> str | None:
    arriving, leaving = load_reasons(usual, config), load_reasons(config, usual)
    if arriving:
        return _all_said(arriving, usual, config)
    if leaving:
        return f"on leaving: {_all_said(leaving, usual, config)}"
    return None


_MOST = 5
"""Options of a page that are named."""


def _all_said(paths: list[str], usual: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    said = [_said(path, usual, config) for path in paths[:_MOST]]
    more = len(paths) - _MOST
    return "; ".join([*said, f"and {more:,} more"] if more > 0 else said)


def _said(path: str, usual: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    if path == "openIn.selector":
        return "openIn.selector: the element goes with its page, and the chat in it"
    here, there = _at(path, config), _at(path, usual)
    return f"{path}: {_shown(here)} here, usually {_shown(there)}"


def _at(path: str, config: Any) -> Any:
    for part in path.split("."):
        config = config.get(part) if isinstance(config, Mapping) else None
    return config


def _shown(value: Any) -> str:
    if isinstance(value, (list, dict)):
        text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
        return text if len(text) <= 60 else "other values"
    return "not set" if value is None else describe(value).removeprefix("the text ")
