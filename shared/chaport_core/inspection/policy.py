"""The Content-Security-Policy that a built site's scripts need, from what its pages really run.

It is about `script-src` alone: what the vendor's script wants beyond it, only the vendor can say.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urljoin, urlsplit

from chaport_core.page.head import INSTALLATION_MARK
from chaport_core.page.scripts import (
    CONSENT_MARKS,
    CONSENTS_WITH_SCRIPT,
    PREVIEW_MARK,
    consent_script,
    is_as_written,
    is_loader,
    script_hash,
)
from chaport_core.page.tags import attributes_of, is_closed, name_of, template_step, tokens


class Note(Enum):
    """What the author of a site should know of some pages, in the order in which it is told."""

    LOADER = (
        "The loader is not as this release writes it, in {pages}. A minifier has changed it"
        " (pelican-minify leaves it as it is with INLINE_JS_MIN = False), or another release has"
        " built the site; the policy has the hash of what stands there, not the published one."
    )
    CONSENT = (
        "The script for consent behind the loader is not as this release writes it, in {pages}."
        " A minifier has changed it, or another release has built the site; the policy has the"
        " hash of what stands there."
    )
    PREVIEW = (
        "The preview widget stands in place of the live one, in {pages}."
        " Readers need another policy: build the site with the live widget, and ask again."
    )
    HANDLER = (
        "Inline event handlers such as onclick, which no hash admits: {count}, in {pages}."
        " Let a script of the site add the listeners."
    )
    LINK = (
        "Addresses that begin with javascript:, which no hash admits: {count}, in {pages}."
        " Let a script of the site add listeners instead."
    )
    ADDRESS = (
        "Scripts at an address without a host that a policy could name (data: and the like):"
        " {count}, in {pages}. Put each into a file of the site."
    )


VENDORS_SAY = (
    "What Chaport's own script needs beyond this (frames, sockets, styles, images) only Chaport"
    " can say: set the policy, open a page and watch the browser's console."
)


@dataclass(frozen=True, slots=True)
class PageScripts:
    """What a page runs, as far as a policy for scripts is concerned."""

    sources: set[str] = field(default_factory=set)
    """What `script-src` has to name: `'self'`, `'sha256-...'`, `https://app.chaport.com`."""
    notes: Counter[Note] = field(default_factory=Counter)


def policy_of(pages: Iterable[PageScripts]) -> str:
    """The one directive that all pages together need, the same for the same pages."""
    # In the order of their characters: 'self', then hashes, then hosts.
    sources = sorted({source for page in pages for source in page.sources})
    return " ".join(["script-src", *(sources or ["'none'"])])


def remarks_on(pages: Mapping[str, PageScripts]) -> list[str]:
    """What the author should know besides, in sentences; `pages` by the names to call them."""
    remarks = []
    for note in Note:
        found = {name: page.notes[note] for name, page in pages.items() if page.notes[note]}
        if found:
            said = note.value.format(count=sum(found.values()), pages=_enumerated(list(found)))
            remarks.append(said)
    if any(_VENDOR in page.sources for page in pages.values()):
        remarks.append(VENDORS_SAY)
    return remarks


def _enumerated(names: list[str]) -> str:
    shown, more = names[:3], len(names) - 3
    if more > 0:
        return f"{', '.join(shown)} and {more} more {'page' if more == 1 else 'pages'}"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


# ---- One page --------------------------------------------------------------------------------


def read_page(page: str, base: str = "") -> PageScripts:
    """What a page runs; `base`: what its relative addresses are relative to, if not to itself."""
    found = PageScripts()
    # As browsers read a page before they hash (HTML Standard, section 13.2.3.5).
    page = page.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    end_of_loader = None
    for name, attributes, tag in _live_tags(page):
        found.notes[Note.HANDLER] += sum(map(_is_handler, attributes))
        if name == "base":
            base = base or attributes.get("href", "")
        elif name == "iframe" and "srcdoc" in attributes:
            # Such a frame has the policy of its page.
            inner = read_page(attributes["srcdoc"], base)
            found.sources.update(inner.sources)
            found.notes.update(inner.notes)
        elif name != "script":
            found.notes[Note.LINK] += sum(map(_is_script_link, attributes.items()))
        elif _is_guarded(attributes) and is_closed(tag):
            if "src" in attributes:
                _note_file(attributes["src"], base, found)
            elif tag["text"]:
                found.sources.add(f"'{script_hash(tag['text'])}'")
                if end_of_loader is not None and not page[end_of_loader : tag.start()].strip():
                    _note_consent(tag["text"], found)
                is_loader = _note_loader(tag["text"], found)
                end_of_loader = tag.end() if is_loader else None
    return found


def _live_tags(page: str) -> Iterator[tuple[str, dict[str, str], re.Match[str]]]:
    """The start tags that make elements of the page: name, attributes, token."""
    templates = 0
    for token in tokens(page):
        name = name_of(token)
        templates = max(0, templates + template_step(name))
        if not templates and name and not name.startswith("/"):
            rest = token["raw_attributes"] if token["raw"] else token["attributes"]
            yield name, attributes_of(rest), token


def _is_handler(attribute: str) -> bool:
    return re.fullmatch("on[a-z]{3,}", attribute) is not None


_WITH_ADDRESSES = ("href", "xlink:href", "action", "formaction", "src")
_SPACE_AND_CONTROLS = "".join(map(chr, range(33)))
# What browsers leave out of an address, and what they read as a slash.
_IN_ADDRESSES = str.maketrans({"\t": None, "\n": None, "\r": None, "\\": "/"})


def _is_script_link(attribute: tuple[str, str]) -> bool:
    name, value = attribute
    return name in _WITH_ADDRESSES and _address(value)[:11].lower() == "javascript:"


def _address(value: str) -> str:
    return value.strip(_SPACE_AND_CONTROLS).translate(_IN_ADDRESSES)


_JAVASCRIPT = re.compile(
    r"(text|application)/(x-)?(java|ecma)script|text/(javascript1\.[0-5]|jscript|livescript)"
)
"""The JavaScript MIME types (MIME Sniffing Standard, section 4.6)."""
_OTHER_GUARDED = ("module", "importmap", "speculationrules")


def _is_guarded(attributes: Mapping[str, str]) -> bool:
    """Whether a policy is asked about a script: a block of data needs no admission.

    HTML Standard, section 4.12.1.1, "prepare the script element".
    """
    language = attributes.get("language")
    kind = attributes.get("type", f"text/{language}" if language else "")
    plain = kind.strip(" \t\n\f\r").lower()
    return not kind or plain in _OTHER_GUARDED or _JAVASCRIPT.fullmatch(plain) is not None


# ---- Files -----------------------------------------------------------------------------------


def _note_file(value: str, base: str, found: PageScripts) -> None:
    if not _address(value):
        return
    source = _source_of(value, base)
    if source:
        found.sources.add(source)
    else:
        found.notes[Note.ADDRESS] += 1


def _source_of(value: str, base: str) -> str | None:
    """What admits a script's file; None where it has no host that a policy could name."""
    try:
        parts = urlsplit(urljoin(_address(base), _address(value)))
        host = parts.netloc.rpartition("@")[2].lower().encode("idna").decode()
    except ValueError:
        return None
    if not parts.scheme and not host:
        return "'self'"
    # A space or a semicolon would say something else in a policy.
    if not re.fullmatch(r"[a-z0-9._-]+(:\d+)?", host):
        return None
    # Without a scheme a source means that of the page, as such an address does.
    sources = {"": host, "http": f"http://{host}", "https": f"https://{host}"}
    return sources.get(parts.scheme)


# ---- Our own scripts -------------------------------------------------------------------------

_VENDOR = "https://app.chaport.com"
# What no minifier can take out of these scripts.


def _note_loader(text: str, found: PageScripts) -> bool:
    """Note what a script that loads a widget needs, and say whether it is the loader."""
    is_preview = PREVIEW_MARK in text
    if INSTALLATION_MARK in text:
        found.sources.add(_VENDOR)
    if not is_loader(text):
        return False
    if is_preview:
        found.sources.add("'self'")
        found.notes[Note.PREVIEW] += 1
    if not is_as_written(text):
        found.notes[Note.LOADER] += 1
    return True


def _note_consent(text: str, found: PageScripts) -> None:
    """Note whether the script behind a loader, if it is ours, is as we write it."""
    for consent in CONSENTS_WITH_SCRIPT:
        if CONSENT_MARKS[consent] in text and text != consent_script(consent):
            found.notes[Note.CONSENT] += 1
