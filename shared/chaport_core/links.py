"""Chat links: every `chaport:` address and `data-chaport` of a page, made what a browser follows.

A link becomes its fallback's address with the call beside it, which content.js makes; without that
script, or without chat, it stays an ordinary link.
"""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from chaport_core.calls import SCHEME, Call, read_address, read_attributes
from chaport_core.problem import Problem, describe
from chaport_core.record import json_attribute
from chaport_core.tags import Attribute, StartTag, start_tags


class Links(NamedTuple):
    """A page after its chat links were rewritten."""

    html: str
    calls: tuple[Call, ...]
    """What its links call, in the page's order."""
    problems: list[Problem]


def may_have_links(html: str) -> bool:
    """Whether a page is worth reading tag by tag: a call stands in it where an attribute could."""
    # Searches from the end, which on most pages stop at a tenth of the letters.
    if html.rfind(_CALL) >= 0:
        return True
    at = html.rfind("haport:")
    while at >= 0:
        if html[max(0, at - 100) : at - 1].rstrip()[-1:] in ("=", '"', "'"):
            return True
        at = html.rfind("haport:", 0, at)
    return False


def rewrite_links(page: str, fallback: str | None, *, start: int = 0, chat: bool = True) -> Links:
    """Rewrite the chat links behind `start`.

    `fallback`: the address they lead to without chat, None for none; `chat`: whether the page has
    chat at all (else the links lead to the fallback and nowhere else).
    """
    parts: list[str] = []
    calls: list[Call] = []
    problems: dict[Problem, None] = {}
    done = 0
    for tag in start_tags(page, start):
        if not _is_ours(tag):
            continue
        call, found = _read(tag)
        if not chat:
            call, found = None, _without_chat(tag, found)
        problems.update(dict.fromkeys(found))
        calls += [call] if call else []
        for old, new in sorted(_edits(tag, call, fallback), key=lambda edit: edit[0]):
            before = page[done : old[0]]
            # An attribute goes with the space before it.
            parts += [before if new else before.rstrip(), new]
            done = old[1]
    return Links("".join([*parts, page[done:]]), tuple(calls), list(problems))


_LINKS = ("a", "area")
_BUTTONS = ("button", "input", "summary")
_ADDRESSES = ("href", "xlink:href")
_CALL, _ARGUMENTS, _FALLBACK = "data-chaport", "data-chaport-args", "data-chaport-fallback"


def _addresses(tag: StartTag) -> dict[str, Attribute]:
    """The attributes of a link that hold a chat address."""
    found = {name: tag.attributes[name] for name in _ADDRESSES if name in tag.attributes}
    is_chat = {name: one.value.strip().lower().startswith(SCHEME) for name, one in found.items()}
    return {name: one for name, one in found.items() if tag.name in _LINKS and is_chat[name]}


def _is_ours(tag: StartTag) -> bool:
    return _CALL in tag.attributes or bool(_addresses(tag))


def _read(tag: StartTag) -> tuple[Call | None, list[Problem]]:
    """The call of a link or an element, and its problems in the words of the page's author."""
    said = tag.attributes.get(_CALL)
    if said:
        given = tag.attributes.get(_ARGUMENTS)
        call, problems = read_attributes(said.value, given.value if given else None)
        place = f'{_CALL}="{said.value}"'
    else:
        address = next(iter(_addresses(tag).values())).value.strip()
        call, problems = read_address(address)
        place = f"the link {describe(address).removeprefix('the text ')}"
        if any(problem.severity == "secret" for problem in problems):
            # An address holds its arguments, and no message repeats a secret.
            place = f"a link {address.partition('?')[0]}"
    return call, [Problem((), f"{place}: {one}", one.severity) for one in problems]


def _without_chat(tag: StartTag, found: list[Problem]) -> list[Problem]:
    """What to tell about a call on a page without chat: secrets, and elements that do nothing."""
    if tag.name not in _LINKS and not any(problem.severity == "secret" for problem in found):
        method = tag.attributes[_CALL].value
        advice = "turn chat on here, or make it a link, which leads to the fallback then"
        return [Problem((), f'{_CALL}="{method}" does nothing without chat; {advice}', "warning")]
    return [problem for problem in found if problem.severity == "secret"]


def _edits(
    tag: StartTag, call: Call | None, fallback: str | None
) -> Iterator[tuple[tuple[int, int], str]]:
    """What to put where: ((start, end), text)."""
    addresses, attributes = _addresses(tag), tag.attributes
    for name, attribute in addresses.items():
        yield attribute[1:], _written(name, fallback)
    for name in (_CALL, _ARGUMENTS, _FALLBACK):
        if name in attributes:
            yield attributes[name][1:], ""
    added = ""
    if call:
        added += f' {_CALL}="{call.method}"'
        if call.arguments:
            added += f" {_ARGUMENTS}='{json_attribute(call.arguments)}'"
    leads_somewhere = tag.name in _LINKS and (
        fallback is not None or any(name in attributes.keys() - addresses for name in _ADDRESSES)
    )
    if leads_somewhere and not any(name in attributes for name in _ADDRESSES):
        added += f" {_written('href', fallback)}"
    if call and not leads_somewhere:
        if tag.name not in _LINKS and fallback is not None:
            added += f" {_written(_FALLBACK, fallback)}"
        if tag.name not in _BUTTONS and "role" not in attributes:
            # content.js has Enter and Space click what is a button by its role alone.
            added += ' role="button"' + ("" if "tabindex" in attributes else ' tabindex="0"')
    yield (tag.end, tag.end), added


def _written(name: str, address: str | None) -> str:
    return "" if address is None else f'{name}="{escape(address)}"'
