"""The chat links of one page: their calls, their fallbacks, and those that were left as written."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chaport_core.inspection.findings import Finding, Kind
from chaport_core.page.calls import read_address, read_attributes
from chaport_core.page.chat_links import ADDRESSES, LINKS, is_chat_address
from chaport_core.problem import Problem, holds_secret, printable

Attributes = Mapping[str, str | None]

_KINDS = {"secret": Kind.SECRET, "info": Kind.UNHEARD_ANSWER}


class Element(NamedTuple):
    """An element with a call or a chat address."""

    name: str
    attributes: Attributes

    @property
    def address(self) -> str | None:
        """The chat address of a link that the build would have made a call."""
        values = ((self.attributes.get(name) or "").strip() for name in ADDRESSES)
        return next(filter(is_chat_address, values), None) if self.name in LINKS else None

    @property
    def is_link(self) -> bool:
        """Whether a click leads somewhere without any script."""
        return self.name in LINKS and any(name in self.attributes for name in ADDRESSES)


def check_link(element: Element, place: str, *, has_chat: bool) -> Iterator[Finding]:
    """What is wrong with one chat link; `has_chat`: whether its page has chat at all."""
    if element.address is not None:
        yield from _check_address(element.address, place)
    if "data-chaport" not in element.attributes:
        return
    method = element.attributes["data-chaport"] or ""
    shown = f'data-chaport="{_shown(method)}"'
    _, problems = read_attributes(method, element.attributes.get("data-chaport-args"))
    for problem in problems:
        yield Finding(_kind(problem, Kind.CALL), place, f"{shown}: {problem}")
    if element.is_link:
        return
    if not has_chat:
        told = f"{shown} on <{element.name}> does nothing: this page has no chat"
        yield Finding(Kind.NO_FALLBACK, place, told)
    elif not element.attributes.get("data-chaport-fallback"):
        # The build makes a button of a link when the author chose to have no fallback.
        is_button = element.name not in LINKS or element.attributes.get("role") == "button"
        kind = Kind.BUTTON_FALLBACK if is_button else Kind.NO_FALLBACK
        missing = "data-chaport-fallback" if element.name not in LINKS else "href"
        yield Finding(kind, place, f"{shown} on <{element.name}> has no {missing}")


def _check_address(address: str, place: str) -> Iterator[Finding]:
    # Without its arguments: no message repeats what may be a secret.
    shown = _shown(address.partition("?")[0])
    # The build looks for these letters in a page as they are written.
    cure = "" if "haport:" in address else "; write chaport: in small letters"
    yield Finding(Kind.UNRESOLVED_LINK, place, f"the link '{shown}' leads nowhere{cure}")
    for problem in read_address(address)[1]:
        if problem.severity == "secret":
            yield Finding(Kind.SECRET, place, f"the link '{shown}': {problem}")


def _kind(problem: Problem, otherwise: Kind) -> Kind:
    return _KINDS.get(problem.severity, otherwise)


def _shown(name: str) -> str:
    if holds_secret(name):
        return "..."
    return printable(name if len(name) <= 60 else name[:57] + "...")
