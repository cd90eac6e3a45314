"""Chat links: every `chaport:` address and `data-chaport` of a page, made what a browser follows.

A link becomes its fallback's address with the call beside it, which content.js makes; without that
script, or without chat, it stays an ordinary link.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import NamedTuple

from chaport_core.page.calls import SCHEME, Call, read_address, read_attributes
from chaport_core.page.record import json_attribute
from chaport_core.page.tags import Attribute, StartTag, start_tags
from chaport_core.problem import Problem, holds_secret, printable


class Links(NamedTuple):
    """A page after its chat links were rewritten."""

    html: str
    calls: tuple[Call, ...]
    """What its links call, in the page's order."""
    problems: list[Problem]


def may_have_links(html: str) -> bool:
    """Whether a page is worth reading tag by tag: a call stands in it where an attribute could."""
    text = html.lower()
    if "haport" not in text:
        return False
    # Its first letter and the colon may be written as entities.
    mentions = (text[max(0, at.start() - 99) : at.start()] for at in _MENTION.finditer(text))
    return _CALL in text or any(
        before.endswith(";") or before.removesuffix("c").rstrip().endswith(("=", '"', "'"))
        for before in mentions
    )


_MENTION = re.compile("haport[:&]")


def rewrite_links(page: str, fallback: str | None, *, chat: bool = True) -> Links:
    """Rewrite the chat links of a page, or of a part of one.

    `fallback`: the address they lead to without chat, None for none; `chat`: whether the page has
    chat at all (else the links lead to the fallback and nowhere else).
    """
    parts: list[str] = []
    calls: list[Call] = []
    problems: dict[Problem, None] = {}
    done = 0
    for tag in start_tags(page, "haport"):
        addresses = _addresses(tag)
        if not addresses and _CALL not in tag.attributes:
            continue
        call, found = _read(tag, addresses)
        if not chat:
            call, found = None, _without_chat(tag, found)
        problems.update(dict.fromkeys(found))
        calls += [call] if call else []
        for (start, end), new in sorted(_edits(tag, addresses, call, fallback)):
            parts += [page[done:start], new]
            done = end
            if not new and start < end:
                # An attribute goes with the space before it, if another follows.
                parts[-2] = parts[-2].rstrip()
                parts[-1] = "" if page[end] in " \t\n\f\r/>" else " "
    return Links("".join([*parts, page[done:]]), tuple(calls), list(problems))


LINKS = ("a", "area")
"""The elements whose addresses a click follows."""
_BUTTONS = ("button", "input", "summary")
# A click there means something else already, or everything is inside.
_NO_BUTTONS = ("textarea", "select", "form", "label", "body", "html")
ADDRESSES = ("href", "xlink:href")
"""The attributes in which a link has its address."""
_CALL, _ARGUMENTS, _FALLBACK = "data-chaport", "data-chaport-args", "data-chaport-fallback"


def _addresses(tag: StartTag) -> dict[str, Attribute]:
    """The attributes of a link that hold a chat address."""
    if tag.name not in LINKS:
        return {}
    found = {name: tag.attributes[name] for name in ADDRESSES if name in tag.attributes}
    return {name: one for name, one in found.items() if is_chat_address(one.value)}


def is_chat_address(address: str) -> bool:
    """Whether an address names a call and no page."""
    return address.strip().lower().startswith(SCHEME)


# The pages of a site make the same few calls.
_call_of = lru_cache(maxsize=256)(read_address)


def _read(tag: StartTag, addresses: Mapping[str, Attribute]) -> tuple[Call | None, list[Problem]]:
    """The call of a link or an element, and its problems in the words of the page's author."""
    told: list[Problem] = []
    call = None
    for one in addresses.values():
        call, problems = _call_of(one.value.strip())
        # Without its arguments: no message repeats what may be a secret.
        place = f"the link '{_shown(one.value.strip().partition('?')[0])}'"
        told += [Problem((), f"{place}: {problem}", problem.severity) for problem in problems]
    said, given = tag.attributes.get(_CALL), tag.attributes.get(_ARGUMENTS)
    if said:
        # What the address beside it says is no call, but may be a secret.
        told = [problem for problem in told if problem.severity == "secret"]
        call, problems = read_attributes(said.value, given.value if given else None)
        if tag.name in _NO_BUTTONS and call:
            advice = f"a <{tag.name}> cannot be a button; put it on one"
            call, problems = None, [Problem((), advice, "warning")]
        place = f'{_CALL}="{_shown(said.value)}"'
        told += [Problem((), f"{place}: {problem}", problem.severity) for problem in problems]
    return call, told


def _shown(name: str) -> str:
    return "..." if holds_secret(name) else printable(name)


def _without_chat(tag: StartTag, found: list[Problem]) -> list[Problem]:
    """What to tell about a call on a page without chat: secrets, and elements that do nothing."""
    if tag.name not in LINKS and not any(problem.severity == "secret" for problem in found):
        method = _shown(tag.attributes[_CALL].value)
        advice = "turn chat on here, or make it a link, which leads to the fallback then"
        return [Problem((), f'{_CALL}="{method}" does nothing without chat; {advice}', "warning")]
    return [problem for problem in found if problem.severity == "secret"]


def _edits(
    tag: StartTag, addresses: Mapping[str, Attribute], call: Call | None, fallback: str | None
) -> Iterator[tuple[tuple[int, int], str]]:
    """What to put where: ((start, end), text)."""
    attributes = tag.attributes
    if fallback is not None:
        for name, attribute in addresses.items():
            yield (attribute.start, attribute.end), _written(name, fallback)
    gone = {_CALL, _ARGUMENTS, _FALLBACK, *(() if fallback is not None else addresses)}
    for attribute in tag.written:
        # Of two with one name the second would count once the first is gone.
        if attribute.name in gone:
            yield (attribute.start, attribute.end), ""
    added = ""
    if call:
        added += f' {_CALL}="{call.method}"'
        if call.arguments:
            added += f" {_ARGUMENTS}='{json_attribute(call.arguments)}'"
    is_link = tag.name in LINKS
    leads_elsewhere = any(name in attributes.keys() - addresses for name in ADDRESSES)
    leads_somewhere = is_link and (fallback is not None or leads_elsewhere)
    if is_link and fallback is not None and not addresses and not leads_elsewhere:
        added += f" {_written('href', fallback)}"
    if call and not leads_somewhere:
        if not is_link and fallback is not None:
            added += f" {_written(_FALLBACK, fallback)}"
        if tag.name not in _BUTTONS and "role" not in attributes:
            # content.js has Enter and Space click what is a button by its role alone.
            added += ' role="button"' + ("" if "tabindex" in attributes else ' tabindex="0"')
    yield (tag.end, tag.end), added


def _written(name: str, address: str) -> str:
    return f'{name}="{escape(address)}"'
