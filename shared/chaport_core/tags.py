"""The tags of a finished page: their names, their attributes, and where each stands.

A regular expression walks over them as the HTML Standard tokenizes a page (section 13.2.5).
"""

import html
import re
import sys
from collections.abc import Iterator
from functools import cache

SPACE = r"[ \t\n\f\r]"
# A tag's attributes as the standard tokenizes them; the first form is the usual one, only faster.
_USUAL = r"""(?:[^<>"'=]*+(?<=[^ \t\n\f\r/])="[^"]*+")*+[^<>"'=]*+>"""
_EXACT = (
    rf"(?:[ \t\n\f\r/]++|[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?:{SPACE}*+={SPACE}*+"
    rf"""(?:"[^"]*+"|'[^']*+'|(?!["'])[^ \t\n\f\r>]++|(?=>))|(?!{SPACE}*+=)))*+>"""
)
REST_OF_TAG = rf"(?=[ \t\n\f\r/>])(?:{_USUAL}|{_EXACT})"


_RAW_TEXT = "script|style|title|textarea|noscript|noframes|noembed|iframe|xmp"


def tokens(page: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
    """Everything in a page that is not text, up to a tag without an end, which is the last."""
    for token in _token().finditer(page, start, end):
        if token["cut"]:
            return
        yield token


@cache
def _token() -> re.Pattern[str]:
    """Comments, elements whose content is text, tags, and (`cut`) the start of a tag cut short."""
    return re.compile(
        rf"""<(?:!--(?:-?>|.*?(?:--!?>|\Z))
          | (?P<raw>{_RAW_TEXT})(?P<raw_attributes>{REST_OF_TAG})
            (?P<text>.*?)(?:</(?P=raw){REST_OF_TAG}|\Z)
          | (?P<name>/?[a-z][^ \t\n\f\r/>]*+)(?P<attributes>{REST_OF_TAG})
          | (?P<cut>/?[a-z]))""",
        re.X | re.S | re.I,
    )


_ATTRIBUTE = re.compile(
    rf"""([^ \t\n\f\r/>][^ \t\n\f\r/>=]*)"""
    rf"""(?:{SPACE}*={SPACE}*(?:"([^"]*)"|'([^']*)'|([^ \t\n\f\r>]+)))?"""
)


def attributes_of(rest_of_tag: str) -> dict[str, str]:
    """The attributes of a tag, names in small letters; the first of two equal names counts."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(rest_of_tag[:-1]):
        found.setdefault(name.lower(), html.unescape("".join(values)))
    return found


def template_step(token: re.Match[str]) -> int:
    """How much deeper inside templates a token leads."""
    return {"template": 1, "/template": -1}.get((token["name"] or "").lower(), 0)
