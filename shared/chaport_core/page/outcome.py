"""What a build made of its pages, said in one sentence at its end."""

from collections.abc import Iterator, Mapping
from typing import Literal

Outcome = Literal["on", "off", "foreign", "fragment"]
"""foreign: the page carries the vendor's own code; fragment: it is no HTML document."""

LEFT: Mapping[Outcome, tuple[str, str]] = {
    "foreign": ("carries Chaport's own installation code", "carry Chaport's own installation code"),
    "fragment": ("is no HTML document", "are no HTML documents"),
}
"""Why a page, or several, were left as they were."""


def summary_of(outcomes: Mapping[Outcome, int], warned: int) -> str:
    """`chat on 42 pages, off on 3; warnings on 1 page`, without what is zero.

    `outcomes`: how many pages had each; `warned`: how many pages have warnings.
    """
    return "; ".join(_parts(outcomes, warned))


def _parts(outcomes: Mapping[Outcome, int], warned: int) -> Iterator[str]:
    off = f", off on {outcomes['off']}" if outcomes["off"] else ""
    yield f"chat on {_pages(outcomes['on'])}{off}"
    for outcome, (one, several) in LEFT.items():
        match outcomes[outcome]:
            case 0:
                pass
            case 1:
                yield f"1 left as it was ({one})"
            case count:
                yield f"{count} left as they were ({several})"
    if warned:
        yield f"warnings on {_pages(warned)}"


def _pages(count: int) -> str:
    return {0: "no page", 1: "1 page"}.get(count, f"{count} pages")
