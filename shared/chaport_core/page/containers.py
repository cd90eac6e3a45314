"""Whether the elements that chat shall open in are there: `openIn: {selector}` against the page."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from chaport_core.problem import Problem, describe

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser


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
    """A warning for each selector that matches nothing in a finished page, or is not CSS."""
    wanted = list(selectors)
    if not wanted:
        return []
    # Imported for the few pages that open chat in an element.
    from selectolax.lexbor import LexborHTMLParser

    return missing_containers(LexborHTMLParser(page, scripting=True), wanted)


# Types, IDs, classes, attributes and combinators: these the parser knows as browsers do. It does
# not know all pseudo-classes, and of some that it knows it misses elements: `:has(p) b`.
_JUDGED = re.compile(r"(?:[^\\:|&/]|\\.)*", re.S)


def missing_containers(tree: "LexborHTMLParser", selectors: Iterable[str]) -> list[Problem]:
    """The same for a page that was parsed with scripting; other selectors are not judged."""
    from selectolax.lexbor import SelectolaxError

    problems = []
    for selector in filter(_JUDGED.fullmatch, dict.fromkeys(selectors)):
        try:
            if tree.css_first(selector) is not None:
                continue
            reason = "matches nothing on this page"
        except (SelectolaxError, UnicodeEncodeError):
            reason = "is no CSS selector"
        shown = describe(selector).removeprefix("the text ")
        told = f"openIn: the selector {shown} {reason}; {_advice(selector, tree)}"
        problems.append(Problem((), told, "warning"))
    return problems


_ID = re.compile(r"#((?:[\w-]|[^\x00-\x7f]|\\.)[^\s>+~,#\[()*]*)")


def _advice(selector: str, tree: "LexborHTMLParser") -> str:
    """The ID on the page that is closest to the last one of the selector, as CSS writes it."""
    ids = {one.lower(): one for node in tree.css("[id]") if (one := node.attributes["id"])}
    named = _ID.findall(selector) or [selector.lstrip(".")]
    close = difflib.get_close_matches(named[-1].lower(), ids, n=1, cutoff=0.6)
    if not close:
        return "add the element that chat shall open in"
    return f"did you mean #{_escaped(ids[close[0]])}?"


def _escaped(identifier: str) -> str:
    """An identifier as CSS writes it (CSS Object Model, section 2.1)."""
    return re.sub(
        r"([\x00-\x1f\x7f]|^[0-9]|(?<=^-)[0-9])|[^\w\x80-\U0010ffff-]|^-\Z",
        lambda found: f"\\{ord(found[0]):x} " if found[1] else f"\\{found[0]}",
        identifier,
        flags=re.A,
    )
