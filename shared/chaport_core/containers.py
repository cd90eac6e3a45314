"""Whether the elements that chat shall open in are there: `openIn: {selector}` against the page."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chaport_core.problem import Problem


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

    soup = BeautifulSoup(page, "html.parser")
    problems = []
    for selector in wanted:
        try:
            if soupsieve.select_one(selector, soup) is not None:
                continue
            reason = f"matches nothing on this page{_advice(selector, soup)}"
        except (soupsieve.SelectorSyntaxError, NotImplementedError) as error:
            reason = f"is no CSS selector ({str(error).splitlines()[0]})"
        problems.append(Problem((), f"openIn: the selector '{selector}' {reason}", "warning"))
    return problems


def _advice(selector: str, soup: Any) -> str:
    ids = [element["id"] for element in soup.find_all(id=True)]
    close = difflib.get_close_matches(selector.lstrip("#."), ids, n=1, cutoff=0.6)
    return f"; did you mean #{close[0]}?" if close else "; add the element that chat shall open in"
