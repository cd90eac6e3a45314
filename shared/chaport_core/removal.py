"""Taking chat out of a page's head, so that a page that has it already can be given it anew."""

import re

from chaport_core.html import find_head
from chaport_core.loader import CONSENTS_WITH_SCRIPT, consent_script
from chaport_core.tags import attributes_of, tokens

_FILE = re.compile(r"(?:.*/)?chaport-[a-z]+\.[0-9a-f]{8}\.(?:js|css)")


def remove_chat(page: str) -> str:
    """Return a page as it was before `Chat.add_to`; its chat links stay as they are.

    What this or an earlier release wrote is found where it was written: up to the end of the head.
    """
    head = find_head(page)
    if head is None or page.find("chaport") < 0:
        return page
    parts, done = [], 0
    for token in tokens(page):
        if _is_ours(token):
            parts.append(page[done : token.start()])
            done = token.end()
        elif token.start() > head.end:
            break
    return "".join([*parts, page[done:]])


def _is_ours(token: re.Match[str]) -> bool:
    name = (token["raw"] or token["name"] or "").lower()
    if name not in ("meta", "script", "link"):
        return False
    attributes = attributes_of(token["raw_attributes"] or token["attributes"])
    if name == "meta":
        return attributes.get("name") == "chaport" and "data-v" in attributes
    file = attributes.get("src", attributes.get("href"))
    if file is not None:
        return _FILE.fullmatch(file) is not None
    if name == "link":
        return False
    text = token["text"]
    is_loader = "meta[name=chaport]" in text and "chaportConfig" in text
    return is_loader or text in map(consent_script, CONSENTS_WITH_SCRIPT)
