"""A finished page's HTML: where its head ends, its `<html lang>`, whether it carries Chaport.

No parser re-serialises a page: a regular expression walks over what may stand in a head, as the
HTML Standard's tree construction does (section 13.2.6.4), and the rest of the page is not read.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from chaport_core.page.tags import (
    REST_OF_TAG,
    SPACE,
    attributes_of,
    is_closed,
    template_step,
    tokens,
)


def _raw_text(name: str, stop: str = "") -> str:
    """An element whose content is text up to its end tag; `stop` is what it must not contain."""
    inner = rf"[^<]*+(?:<(?!/(?i:{name})[ \t\n\f\r/>]{stop})[^<]*+)*"
    return rf"{name}{REST_OF_TAG}{inner}</(?i:{name}){REST_OF_TAG}"


# Groups are repeated by *, not by *+, for Python 3.11.2 (see tags.py); nothing that follows them
# makes the walk go back.
_COMMENT = r"!--(?:-?>|.*?--!?>)"
_BOGUS_COMMENT = r"(?:[!?](?!--)|/(?![A-Za-z]))[^>]*+>"
_BEFORE_HTML = rf"""(?:\A\ufeff)?(?:{SPACE}*+<(?:
    ![dD](?P<doctype>(?i:octype)[^>]*+>)
  | {_COMMENT}
  | {_BOGUS_COMMENT}
))*(?:{SPACE}*+<html(?P<html>{REST_OF_TAG}))?"""
# Most of a head looks like this; the forms that hold every case would take twice the time.
_PLAIN_ATTRIBUTES = r"""(?:[ ][a-zA-Z:-]++="[^"]*+")*"""
_HEAD_CONTENT = rf"""{_BEFORE_HTML}(?:{SPACE}*+<(?:
    (?:meta|link){_PLAIN_ATTRIBUTES}(?:[ ]disabled)?+[ ]?+/?+>
  | script{_PLAIN_ATTRIBUTES}>[^<]*+</script>
  | title>[^<]*+</title>
  | (?:meta|link|base|basefont|bgsound|head){REST_OF_TAG}
  | {_raw_text("script", stop="|!--")}
  | {_raw_text("title")}
  | {_raw_text("style")}
  | {_raw_text("noscript")}
  | {_raw_text("noframes")}
  | html(?P<late_html>{REST_OF_TAG})
  | {_COMMENT}
  | {_BOGUS_COMMENT}
  | /(?!(?i:head|body|html|br|template)[ \t\n\f\r/>])[A-Za-z][^ \t\n\f\r/>]*+{REST_OF_TAG}
))*{SPACE}*+"""
_HEAD = re.compile(_HEAD_CONTENT, re.X | re.S)


@cache
def _head_in_any_case() -> re.Pattern[str]:
    # Tags in capitals are rare, and ignoring case makes the walk half as fast again.
    return re.compile(_HEAD_CONTENT, re.X | re.S | re.I)


_DOCUMENT_TAGS = ("html", "/html", "head", "/head", "body", "/body")
_CHARSET_WINDOW = 1024
"""Bytes within which browsers look for a page's encoding (HTML Standard, section 13.2.3.2)."""


class Head(NamedTuple):
    """What the head of a page told."""

    end: int
    """Where to splice: before the real `</head>`, or where the head ends without one."""
    lang: str | None
    """The `lang` of the `<html>` tag; None where there is none."""


def find_head(page: str) -> Head | None:
    """Find a page's head; None for text that is no HTML document (a fragment, an empty file)."""
    match = _HEAD.match(page)
    assert match is not None
    end, (early_html, late_html, doctype) = match.end(), match.group("html", "late_html", "doctype")
    html_tag = early_html or late_html
    while not (page.startswith("</head>", end) or _HEAD_END.match(page, end)):
        match = _head_in_any_case().match(page, end)
        assert match is not None
        html_tag = html_tag or match["html"] or match["late_html"]
        doctype = doctype or match["doctype"]
        end = match.end()
        beyond = _end_of_unusual_element(page, end)
        if beyond is None:
            if not (html_tag or doctype or _has_document_tag(page)):
                return None
            break
        end = beyond
    if page.find("charset", 0, end) < 0:
        end = _after_charset(page, end)
    return Head(end, _lang(html_tag) if html_tag else None)


def _has_document_tag(page: str) -> bool:
    # Most pages without a doctype and an <html> are fragments without such words, too.
    return re.search("html|head|body", page, re.I) is not None and any(
        token["name"] and token["name"].lower() in _DOCUMENT_TAGS for token in tokens(page)
    )


def carries_our_record(page: str, head: Head) -> bool:
    """Whether chat was put into this page before."""
    # Behind a charset declaration in the body it stands at the splice, else before it.
    return page.find("chaport", 0, head.end + 20) >= 0 and any(
        attributes_of(token["attributes"]).get("name") == "chaport"
        for token in tokens(page)
        if token.start() <= head.end and token["name"] and token["name"].lower() == "meta"
    )


def carries_vendor_snippet(page: str) -> bool:
    """Whether the vendor's own installation code runs in this page.

    A page that shows the code (in a code block, a comment, a text area) does not count.
    """
    # Reading the tags takes a hundred times as long as a search, this one from the end least.
    if page.rfind(_END_OF_MARK) < 0:
        return False
    templates = 0
    for token in tokens(page):
        templates += template_step(token)
        if token["script"] and not templates:
            attributes = attributes_of(token["raw_attributes"])
            if runs_vendor_script(attributes, token["text"]):
                return True
    return False


INSTALLATION_MARK = "app.chaport.com/javascripts/insert.js"
"""What every installation of the vendor's script contains, ours included."""
_END_OF_MARK = INSTALLATION_MARK[INSTALLATION_MARK.index("haport") :]
_SCRIPT_TYPES = ("", "module", "text/javascript", "application/javascript")


def runs_vendor_script(attributes: Mapping[str, str], text: str) -> bool:
    """Whether a `<script>` of these attributes and this text loads the vendor's script."""
    if attributes.get("type", "").strip().lower() not in _SCRIPT_TYPES:
        return False
    return INSTALLATION_MARK in attributes.get("src", text)


@lru_cache(maxsize=64)
def _lang(html_tag: str) -> str | None:
    return attributes_of(html_tag).get("lang")


def _after_charset(page: str, end: int) -> int:
    """Move a splice behind a charset declaration that it would push out of the window."""
    for token in tokens(page, end, end + _CHARSET_WINDOW):
        name = (token["name"] or "").lower()
        if name in _NOT_BEHIND:
            break
        if name == "meta":
            attributes = attributes_of(token["attributes"])
            content = attributes.get("content", "")
            declares = "charset" in attributes or re.search(r"charset\s*=", content, re.I)
            if declares and len(page[: token.end()].encode(errors="replace")) <= _CHARSET_WINDOW:
                return token.end()
    return end


_UNUSUAL_START = rf"<(?:script|template){REST_OF_TAG}"
# Where a browser makes no <meta> and no <script> that runs.
_NOT_BEHIND = ("frameset", "template", "select", "svg", "math")
_HEAD_END = re.compile(r"</head(?=[ \t\n\f\r/>])")


def _end_of_unusual_element(page: str, start: int) -> int | None:
    """The end of a template, or of a script with `<!--` in it; None where neither starts."""
    if not re.compile(_UNUSUAL_START, re.I | re.S).match(page, start):
        return None
    depth = 0
    for token in tokens(page, start):
        if token["script"] and not is_closed(token):
            return None
        depth += template_step(token)
        if depth == 0:
            return token.end()
    return None
