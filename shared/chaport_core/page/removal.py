"""Taking chat out of a page's head, so that a page that has it already can be given it anew."""

import re

from chaport_core.page.head import find_head
from chaport_core.page.scripts import CONSENT_MARKS, SHIPPED_NAME, is_loader
from chaport_core.page.tags import attributes_of, name_of, tokens

# On the site itself: an address with a host is somebody else's.
_FILE = re.compile(rf"(?!//)(?:[^:?#]*/)?{SHIPPED_NAME}")


def remove_chat(page: str) -> str:
    """Return a page as it was before `Build.add_chat`; its chat links stay as they are.

    What this or an earlier release wrote is found where it was written: up to the end of the head.
    """
    head = find_head(page)
    if head is None or page.find("chaport") < 0:
        return page
    parts, done, end_of_loader = [], 0, -1
    for token in tokens(page):
        is_next_to_loader = token.start() == end_of_loader
        if _is_ours(token) or (is_next_to_loader and _is_for_consent(token)):
            parts.append(page[done : token.start()])
            done = token.end()
            if token["script"] and is_loader(token["text"]):
                end_of_loader = done
        elif token.start() > head.end:
            break
    return "".join([*parts, page[done:]])


def _is_ours(token: re.Match[str]) -> bool:
    name = name_of(token)
    if name not in ("meta", "script", "link"):
        return False
    attributes = attributes_of(token["raw_attributes"] or token["attributes"])
    if name == "meta":
        return attributes.get("name") == "chaport" and "data-v" in attributes
    if name == "link":
        is_for_paper = attributes.get("media") == "print"
        return is_for_paper and _FILE.fullmatch(attributes.get("href", "")) is not None
    if "src" in attributes:
        return "defer" in attributes and _FILE.fullmatch(attributes["src"]) is not None
    return not attributes and is_loader(token["text"])


def _is_for_consent(token: re.Match[str]) -> bool:
    return bool(token["script"]) and any(mark in token["text"] for mark in CONSENT_MARKS.values())
