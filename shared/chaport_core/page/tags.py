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
# Groups are repeated by * and not by *+, which Python 3.11.2 (Debian 12) matches wrongly
# (https://github.com/python/cpython/issues/106052); no going back leads to another match.
_USUAL = r"""(?:[^<>"'=]*+(?<=[^ \t\n\f\r/])="[^"]*+")*[^<>"'=]*+>"""
_EXACT = (
    rf"(?:[ \t\n\f\r/]++|[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?:{SPACE}*+={SPACE}*+"
    rf"""(?:"[^"]*+"|'[^']*+'|(?!["'])[^ \t\n\f\r>]++|(?=>))|(?!{SPACE}*+=)))*>"""
)
REST_OF_TAG = rf"(?=[ \t\n\f\r/>])(?:{_USUAL}|{_EXACT})"


_RAW_TEXT = "style|title|textarea|noframes|noembed|iframe|xmp"
# A script's text ends at its end tag, but for one that `<!-- <script>` hides (the standard's
# escaped and double escaped states, section 13.2.5.20 on).
# Its end is known by its first letters: REST_OF_TAG here would find none in Python 3.11.2.
_SCRIPT_ENDS = r"(?=</script[ \t\n\f\r/>])"
_HIDDEN = r"<script(?=[ \t\n\f\r/>])(?:(?!-->|</script[ \t\n\f\r/>]).)*+(?:</script)?+"
_SCRIPT_TEXT = (
    rf"(?:[^<]++|<!(?=--)(?:(?!-->)(?:[^<-]++|{_HIDDEN}|-|(?!{_SCRIPT_ENDS})<))*+(?:-->)?+"
    rf"|(?!{_SCRIPT_ENDS})<)*+"
)
# Nothing that follows it makes the walk go back: an end tag that is cut short is the next token.
_TEXT = r"[^<]*+(?:<(?!/(?P=raw)[ \t\n\f\r/>])[^<]*+)*"


def tokens(
    page: str, start: int = 0, end: int = sys.maxsize, *, scripting: bool = True
) -> Iterator[re.Match[str]]:
    """Everything in a page that is not text, up to a tag without an end, which is the last.

    `scripting`: with it the content of `<noscript>` is text, without it these are tags like others.
    """
    for token in _token(scripting).finditer(page, start, end):
        if token["cut"]:
            return
        yield token


@cache
def _token(scripting: bool) -> re.Pattern[str]:
    """Comments (`endless`: up to the page's end), elements whose content is text, and tags.

    The last one may be the start (`cut`) of a tag that is cut short.
    """
    raw_text = f"{_RAW_TEXT}|noscript" if scripting else _RAW_TEXT
    return re.compile(
        rf"""<(?:!--(?:-?>|.*?--!?>)
          | (?:!(?!--)|\?|/(?![a-z]))[^>]*+>
          | (?P<endless>(?:[!?]|/(?![a-z])).*)
          | (?P<raw>(?P<script>script)|{raw_text})(?P<raw_attributes>{REST_OF_TAG})
            (?P<text>(?(script){_SCRIPT_TEXT}|{_TEXT}))(?:</(?P=raw){REST_OF_TAG})?
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
    """Whether a comment has its end, and an element whose content is text its end tag.

    A script without one never runs.
    """
    return token["endless"] is None and token.end() > token.end("text")


def name_of(token: re.Match[str]) -> str:
    """The name of a token's tag in small letters, `/p` of an end tag; nothing for a comment."""
    return (token["raw"] or token["name"] or "").lower()


_TEMPLATE_STEPS = {"template": 1, "/template": -1}


def template_step(name: str) -> int:
    """How much deeper inside templates a tag of this name leads."""
    return _TEMPLATE_STEPS.get(name, 0)


class Attribute(NamedTuple):
    """An attribute of a tag, and where it stands in the page."""

    name: str
    """In small letters."""
    value: str
    """What a browser reads: without quotes and entities."""
    start: int
    end: int


class StartTag(NamedTuple):
    """A tag that begins an element."""

    name: str
    """In small letters."""
    written: tuple[Attribute, ...]
    """Its attributes as they are in the page."""
    attributes: dict[str, Attribute]
    """The same by name; of two equal names the first counts."""
    end: int
    """Where another attribute could be added."""


def start_tags(page: str, mention: str) -> Iterator[StartTag]:
    """The start tags in whose attributes `mention`, in small letters, occurs in any case.

    Those inside `<noscript>` too. To read the attributes of all would take ten times as long.
    """
    for token in tokens(page, scripting=False):
        group, rest = ("raw", "raw_attributes") if token["raw"] else ("name", "attributes")
        if mention in (token[rest] or "").lower() and not token[group].startswith("/"):
            written = tuple(_attributes_at(token[rest], token.start(rest)))
            attributes = {attribute.name: attribute for attribute in reversed(written)}
            end = max([token.end(group), *(attribute.end for attribute in written)])
            yield StartTag(name_of(token), written, attributes, end)


def _attributes_at(rest_of_tag: str, at: int) -> Iterator[Attribute]:
    for found in _ATTRIBUTE.finditer(rest_of_tag[:-1]):
        value = html.unescape("".join(found.groups("")[1:]))
        yield Attribute(found[1].lower(), value, at + found.start(), at + found.end())
