"""Pages that nest so deeply that a parser would be busy with them for minutes."""

import re
from collections import Counter

from chaport_core.built_file import UnreadableError
from chaport_core.page.tags import tokens

_MOST_STEPS = 500_000_000
"""Of a parser, each to an open element further out: some seconds."""
# Elements that end by themselves, so that many without an end tag are not one inside the other.
_NOT_NESTED = re.compile(
    "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"
    "|a|dd|dt|li|option|p|rp|rt|tbody|td|tfoot|th|thead|tr"
)


def refuse_deep_nesting(text: str) -> None:
    """Raise `UnreadableError` for a page that could not be parsed in reasonable time.

    At many a tag the HTML Standard has a parser look through all open elements, and the time goes
    by the square of their number (the lexbor of selectolax 1.0.2, <div> in <div>: a second for
    20,000, sixteen for 80,000).
    """
    # No page of fewer tags can take more; nearly all have fewer.
    if text.count("<") ** 2 < 2 * _MOST_STEPS:
        return
    opened = Counter[str]()
    depth = steps = 0
    for token in tokens(text):
        name = (token["name"] or "").lower()
        steps += depth
        if steps > _MOST_STEPS:
            raise UnreadableError("nests its elements too deeply to be parsed")
        if name.startswith("/"):
            is_opened = opened[name[1:]] > 0
            opened[name[1:]] -= is_opened
            depth -= is_opened
        elif name and not (_NOT_NESTED.fullmatch(name) or _is_drawn(token["attributes"], opened)):
            opened[name] += 1
            depth += 1


def _is_drawn(attributes: str, opened: Counter[str]) -> bool:
    # Only in an image or a formula does a slash end an element.
    return attributes.endswith("/>") and bool(opened["svg"] or opened["math"])
