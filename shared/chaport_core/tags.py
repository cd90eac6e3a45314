"""The tags of a finished page: their names, their attributes, and where each stands.

A regular expression walks over them as the HTML Standard tokenizes a page (section 13.2.5).
"""

import html
import re
import sys
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

SPACE = r"[ \t\n\f\r]"
# A tag's attributes as the standard tokenizes them; the first form is the usual one, only faster.
_USUAL = r"""(?:[^<>"'=]*+(?<=[^ \t\n\f\r/])="[^"]*+")*+[^<>"'=]*+>"""
_EXACT = (
    rf"(?:[ \t\n\f\r/]++|[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?:{SPACE}*+={SPACE}*+"
    rf"""(?:"[^"]*+"|'[^']*+'|(?!["'])[^ \t\n\f\r>]++|(?=>))|(?!{SPACE}*+=)))*+>"""
)
REST_OF_TAG = rf"(?=[ \t\n\f\r/>])(?:{_USUAL}|{_EXACT})"


_RAW_TEXT = "style|title|textarea|noscript|noframes|noembed|iframe|xmp"
# A script's text ends at its end tag, but for one that `<!-- <script>` hides (the standard's
# escaped and double escaped states, section 13.2.5.20 on).
# Its end is known by its first letters: REST_OF_TAG here would find none in Python 3.11.2.
_SCRIPT_ENDS = r"(?=</script[ \t\n\f\r/>])"
_HIDDEN = r"<script(?=[ \t\n\f\r/>])(?:(?!-->|</script[ \t\n\f\r/>]).)*+(?:</script)?+"
_SCRIPT_TEXT = (
    rf"(?:[^<]++|<!(?=--)(?:(?!-->)(?:[^<-]++|{_HIDDEN}|-|(?!{_SCRIPT_ENDS})<))*+(?:-->)?+"
    rf"|(?!{_SCRIPT_ENDS})<)*+"
)


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
          | (?P<raw>(?P<script>script)|{_RAW_TEXT})(?P<raw_attributes>{REST_OF_TAG})
            (?P<text>(?(script){_SCRIPT_TEXT}|.*?))(?:</(?P=raw){REST_OF_TAG}|\Z)
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


def is_closed(token: re.Match[str]) -> bool:
    """Whether an element whose content is text has its end tag: a script without one never runs."""
    return token.end() > token.end("text")


def template_step(token: re.Match[str]) -> int:
    """How much deeper inside templates a token leads."""
    return {"template": 1, "/template": -1}.get((token["name"] or "").lower(), 0)


class Attribute(NamedTuple):
    """An attribute of a tag, and where it stands in the page."""

    value: str
    """What a browser reads: without quotes and entities."""
    start: int
    end: int


class StartTag(NamedTuple):
    """A tag that begins an element."""

    name: str
    """In small letters."""
    attributes: dict[str, Attribute]
    end: int
    """Where another attribute could be added."""


def start_tags(page: str, start: int = 0, end: int = sys.maxsize) -> Iterator[StartTag]:
    """The start tags from `start` on, those inside `<noscript>` too, which has text for content."""
    for token in tokens(page, start, end):
        group = "raw" if token["raw"] else "name"
        name, rest = token[group], token["raw_attributes" if token["raw"] else "attributes"]
        if not name or name.startswith("/"):
            continue
        at = token.end(group)
        attributes: dict[str, Attribute] = {}
        for found in _ATTRIBUTE.finditer(rest[:-1]):
            value = html.unescape("".join(found.groups("")[1:]))
            place = Attribute(value, at + found.start(), at + found.end())
            attributes.setdefault(found[1].lower(), place)
        ends = [place.end for place in attributes.values()]
        yield StartTag(name.lower(), attributes, max([at, *ends]))
        if name.lower() == "noscript":
            yield from start_tags(page, *token.span("text"))
