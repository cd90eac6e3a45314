"""A finished page's HTML: where its head ends, its `<html lang>`, whether it carries Chaport.

No parser re-serialises a page: a walk over its tags stops at the first that does not belong in a
head, as the HTML Standard's tree construction does (section 13.2.6.4).
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from chaport_core.built_file import CHARSET_WINDOW
from chaport_core.page.tags import attributes_of, is_closed, name_of, template_step, tokens


class Head(NamedTuple):
    """What the head of a page says."""

    end: int
    """Where to splice: before the real `</head>`, or where the head ends without one."""
    lang: str | None
    """The `lang` of the `<html>` tag; None where there is none."""


_SPACES = " \t\n\f\r"
_TAGS = {"html", "head", "meta", "link", "base", "basefont", "bgsound", "template"}
# Without a name: a comment, a doctype.
_WITH_AN_END = {"script", "title", "style", "noscript", "noframes", ""}
_END_OF_HEAD = {"/html", "/head", "/body", "/br", "/template"}
_DOCUMENT_TAGS = {"html", "/html", "head", "/head", "body", "/body"}


def find_head(page: str) -> Head | None:
    """Find a page's head; None for text that is no HTML document (a fragment, an empty file)."""
    end = int(page.startswith("\ufeff"))
    lang, is_document, templates = None, False, 0
    for token in tokens(page):
        name = name_of(token)
        if not templates:
            is_behind_text = page[end : token.start()].strip(_SPACES)
            if is_behind_text or not _may_be_in_head(token, name):
                break
            if not name:
                is_document |= token[0][:9].lower() == "<!doctype"
            elif name == "html" and lang is None:
                lang = attributes_of(token["attributes"]).get("lang")
        templates += template_step(name)
        if not templates:
            end = token.end()
    if not (is_document or _has_document_tag(page)):
        return None
    rest = page[end:]
    end += len(rest) - len(rest.lstrip(_SPACES))
    if page.find("charset", 0, end) < 0:
        end = _after_charset(page, end)
    return Head(end, lang)


def _may_be_in_head(token: re.Match[str], name: str) -> bool:
    if name in _WITH_AN_END:
        return is_closed(token)
    return name in _TAGS or (name[0] == "/" and name not in _END_OF_HEAD)


def _has_document_tag(page: str) -> bool:
    return any(name_of(token) in _DOCUMENT_TAGS for token in tokens(page))


def carries_our_record(page: str, head: Head) -> bool:
    """Whether chat was put into this page before."""
    # Behind a charset declaration in the body it stands at the splice, else before it.
    return page.find("chaport", 0, head.end + 20) >= 0 and any(
        attributes_of(token["attributes"]).get("name") == "chaport"
        for token in tokens(page)
        if token.start() <= head.end and name_of(token) == "meta"
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
        templates += template_step(name_of(token))
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


def _after_charset(page: str, end: int) -> int:
    """Move a splice behind a charset declaration that it would push out of the window."""
    for token in tokens(page, end, end + CHARSET_WINDOW):
        name = name_of(token)
        if name in _NOT_BEHIND:
            break
        if name == "meta":
            attributes = attributes_of(token["attributes"])
            content = attributes.get("content", "")
            declares = "charset" in attributes or re.search(r"charset\s*=", content, re.I)
            if declares and len(page[: token.end()].encode(errors="replace")) <= CHARSET_WINDOW:
                return token.end()
    return end


# Where a browser makes no <meta> and no <script> that runs.
_NOT_BEHIND = ("frameset", "template", "select", "svg", "math")
