"""Feeds (Atom, RSS, JSON Feed): the HTML in them, as each of these formats escapes it.

A feed is read elsewhere, where no script of a site runs: its chat links are to be ordinary ones.
"""

import html
import json
import re
from collections.abc import Callable

Rewrite = Callable[[str], str]

# The texts of an XML document; what looks like a text inside a comment is read by nobody.
_XML_TEXT = re.compile(r"<!\[CDATA\[(?P<raw>.*?)\]\]>|(?<=>)(?P<text>[^<]+)(?=<)", re.S)
_JSON_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"', re.S)


def rewrite_feed(feed: str, rewrite: Rewrite) -> str:
    """Return a feed with every HTML text in it rewritten; texts that stay are not touched.

    `rewrite`: gets HTML, and returns it as it was where nothing is to be done.
    """
    if feed.lstrip("\ufeff \t\r\n").startswith("{"):
        return _JSON_TEXT.sub(lambda found: _rewrite_json(found[0], rewrite), feed)
    # Atom's `xhtml` contents stand there as elements, not as text.
    return rewrite(_XML_TEXT.sub(lambda found: _rewrite_xml(found, rewrite), feed))


def _rewrite_json(literal: str, rewrite: Rewrite) -> str:
    try:
        text: str = json.loads(literal, strict=False)
    except ValueError:
        return literal
    written = rewrite(text)
    return literal if written == text else json.dumps(written)


def _rewrite_xml(found: re.Match[str], rewrite: Rewrite) -> str:
    if found["raw"] is not None:
        # What ends a CDATA section cannot be added: an address holds no ">" unescaped.
        return f"<![CDATA[{rewrite(found['raw'])}]]>"
    text = html.unescape(found["text"])
    written = rewrite(text)
    return found[0] if written == text else html.escape(written, quote=False)
