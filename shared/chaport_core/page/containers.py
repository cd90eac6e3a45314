"""Whether the elements that chat shall open in are there: `openIn: {selector}` against the page."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chaport_core.page.tags import template_step, tokens
from chaport_core.problem import Problem, describe


def selectors_of(config: Mapping[str, Any]) -> Iterator[str]:
    """The selectors in a configuration's `openIn`, those of single devices too."""
    devices = (config.get("devices") or {}).get("configs") or {}
    for options in (config, *devices.values()):
        selector = selector_of((options or {}).get("openIn"))
        if selector is not None:
            yield selector


def selector_of(open_in: object) -> str | None:
    """The selector in a value of `openIn`; None where it names a window."""
    return open_in.get("selector") if isinstance(open_in, Mapping) else None


def find_missing_containers(page: str, selectors: Iterable[str]) -> list[Problem]:
    """A warning for each selector that matches nothing in a finished page, or is none."""
    wanted = list(dict.fromkeys(selectors))
    if not wanted:
        return []
    # Imported for the few pages that open chat in an element; most builds need neither.
    import soupsieve
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(_elements(page), "html.parser")
    ids = [str(element["id"]) for element in soup.find_all(id=True)]
    problems = []
    for selector in wanted:
        try:
            if soupsieve.select_one(selector, soup) is not None:
                continue
            reason = "matches nothing on this page"
        except (
            soupsieve.SelectorSyntaxError,
            NotImplementedError,
            ValueError,
            RecursionError,
        ) as error:
            reason = f"is no CSS selector ({str(error).splitlines()[0]})"
        problems.append(missing_container(selector, ids, reason))
    return problems


def missing_container(
    selector: str, ids: Iterable[str], reason: str = "matches nothing on this page"
) -> Problem:
    """What to tell of a selector without an element; `ids`: all that the page has."""
    shown = describe(selector).removeprefix("the text ")
    told = f"openIn: the selector {shown} {reason}; {_advice(selector, ids)}"
    return Problem((), told, "warning")


def _elements(page: str) -> str:
    """The tags of a page that become elements of it: no text, nothing in comments or templates.

    What is left holds nothing that Python's parser and browsers read differently, or that it
    refuses (`<![foo[`, CPython 3.11, html/parser.py).
    """
    parts: list[str] = []
    templates = 0
    for token in tokens(page):
        templates += template_step(token)
        if templates:
            continue
        if token["raw"]:
            parts.append(f"<{token['raw']}{token['raw_attributes']}</{token['raw']}>")
        elif token["name"]:
            parts.append(token[0])
    return "".join(parts)


_ID = re.compile(r"#((?:[\w-]|[^\x00-\x7f]|\\.)[^\s>+~,#\[()*]*)")


def _advice(selector: str, page_ids: Iterable[str]) -> str:
    """The ID on the page that is closest to the last one of the selector, as CSS writes it."""
    import difflib

    import soupsieve

    ids = {one.lower(): one for one in page_ids}
    named = _ID.findall(selector) or [selector.lstrip(".")]
    close = difflib.get_close_matches(named[-1].lower(), ids, n=1, cutoff=0.6)
    if not close:
        return "add the element that chat shall open in"
    return f"did you mean #{soupsieve.escape(ids[close[0]])}?"
