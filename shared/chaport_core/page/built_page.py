"""What a built page says itself: its settings, as front matter, and whether its theme swaps pages.

The settings are the content of `<meta name="chaport:page">`, wherever a template put it.
"""

import json
import re

from chaport_core.page.tags import attributes_of, tokens

SETTINGS = "chaport:page"
# Not the record, which has the bare name.
_MENTION = re.compile(r"""name\s*=\s*["']?\s*chaport[^"'\s>]""", re.I)
_FLAT = re.compile("chaport.", re.I)


def read_page_settings(page: str) -> dict[str, str]:
    """A page's settings as front matter, in any of its spellings.

    The content of `chaport:page` is what front matter holds under `chaport`; the flat keys
    (`chaport_launcher`) go by their own names, as `.. meta::` of Docutils writes them.
    """
    # Reading the tags takes a hundred times as long as a search.
    if not _MENTION.search(page):
        return {}
    settings: dict[str, str] = {}
    for token in tokens(page):
        if (token["name"] or "").lower() == "meta":
            attributes = attributes_of(token["attributes"])
            name, content = attributes.get("name", "").strip(), attributes.get("content", "")
            if name.lower() == SETTINGS:
                key = "chaport"
                while key in settings:
                    # One more spelling of the key: of several the one that says off holds.
                    key += "_"
                settings[key] = _unquoted(content)
            elif _FLAT.match(name):
                settings[name] = _unquoted(content)
    return settings


def _unquoted(content: str) -> str:
    """A text that a template wrote as JSON, as templates write every value."""
    if content.strip().startswith('"'):
        try:
            return str(json.loads(content))
        except ValueError:
            return content
    return content


def has_instant_navigation(html: str) -> bool:
    """Whether a page of Zensical's or Material's swaps pages: its own settings say so."""
    found = re.search(r'<script id="?__config"?[^>]*>([^<]*)</script>', html)
    if not found:
        return False
    try:
        return "navigation.instant" in json.loads(found[1]).get("features", ())
    except (ValueError, AttributeError, TypeError):
        return False
