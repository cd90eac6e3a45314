"""The loader script as it stands in a page, and the files that the browser gets from us."""

import hashlib
import json
import re
from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from chaport_core.page.head import INSTALLATION_MARK

VENDOR_SCRIPT = f"https://{INSTALLATION_MARK}"
"""The script that the vendor's installation code loads (section "Minimal installation code")."""


_BROWSER = Path(__file__).parents[1] / "browser"


class ShippedFile(NamedTuple):
    """A file that an adapter ships by its host's own means."""

    name: str
    """Its path below the output folder, with a hash of its content in it."""
    text: str


@cache
def loader_script(widget_address: str = VENDOR_SCRIPT) -> str:
    """The text of the inline loader: the same on every page, but for the widget's address.

    `widget_address`: the vendor's script, or where a page finds the preview widget.
    """
    script = _compact("loader.js")
    # A JavaScript string that cannot end its <script>: JSON's quoting, and < as an escape.
    address = json.dumps(widget_address)[1:-1].replace("'", r"\u0027").replace("<", r"\u003c")
    return script.replace(VENDOR_SCRIPT, address)


CONSENTS_WITH_SCRIPT = ("material", "manual")
"""Kinds of consent with a second inline script, which most sites should not have to carry."""


@cache
def consent_script(consent: str) -> str:
    """The text of the inline script that follows the loader for such a kind of consent."""
    return _compact(f"{consent}-consent.js")


@cache
def head_scripts(
    consent: str, widget_address: str = VENDOR_SCRIPT, runtime_address: str | None = None
) -> str:
    """The `<script>`s that follow a page's record.

    `runtime_address`: where the page finds the runtime, if the site needs it.
    """
    scripts = [loader_script(widget_address)]
    if consent in CONSENTS_WITH_SCRIPT:
        scripts.append(consent_script(consent))
    html = "".join(f"<script>{script}</script>" for script in scripts)
    return html + (deferred_script(runtime_address) if runtime_address is not None else "")


def deferred_script(address: str, attributes: str = "") -> str:
    """The `<script>` of a file that runs once the page is parsed."""
    return f'<script defer src="{escape(address)}"{attributes}></script>'


def print_link(address: str) -> str:
    """The `<link>` of a style for paper, for which no browser holds back a page."""
    return f'<link rel="stylesheet" media="print" href="{escape(address)}">'


PREVIEW_MARK = "chaport-preview."
"""What the address of the preview widget contains."""
# What no minifier can take out of it.
_LOADER_MARK = "meta[name=chaport]"
_WIDGETS_ADDRESS = re.compile(r"(?<=\.src=')[^']*(?=')")


SHIPPED_NAME = r"chaport-(?:runtime|content|identity|preview|print)\.[0-9a-f]{8}\.(?:js|css)"
"""A pattern for the names of the files that a site ships."""
CONSENT_MARKS = {"material": "__consent", "manual": "chaport:revoke"}
"""What no minifier can take out of the scripts for consent."""


def is_loader(script: str) -> bool:
    """Whether the text of an inline script is the loader, a minifier's or another release's too."""
    return _LOADER_MARK in script and (INSTALLATION_MARK in script or PREVIEW_MARK in script)


def is_as_written(loader: str) -> bool:
    """Whether a loader is, but for the widget's address, as this release writes it."""
    return _WIDGETS_ADDRESS.sub(VENDOR_SCRIPT, loader, count=1) == loader_script()


def loader_hash() -> str:
    """What admits the live loader under a Content-Security-Policy: `sha256-...`."""
    return script_hash(loader_script())


def script_hash(text: str) -> str:
    """What admits an inline script (Content Security Policy Level 3, section 6.7.3.3)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{b64encode(digest).decode()}"


@cache
def preview_widget() -> ShippedFile:
    """The preview widget as a site ships it."""
    return _shipped("chaport-preview", _browser_file("preview-widget.js"))


@cache
def runtime() -> ShippedFile:
    """The runtime as a site ships it."""
    return _shipped("chaport-runtime", _browser_file("runtime.min.js"))


@cache
def content() -> ShippedFile:
    """The script of chat links and events as a site ships it."""
    return _shipped("chaport-content", _browser_file("content.min.js"))


@cache
def identity() -> ShippedFile:
    """The script that asks the site's own backend who is reading, as a site ships it."""
    return _shipped("chaport-identity", _browser_file("identity.min.js"))


@cache
def print_style() -> ShippedFile:
    """What keeps the launcher off paper, as a site ships it; it goes with `content()`.

    A file, and no rule that the script adds: so a policy for styles has nothing against it.
    """
    return _shipped("chaport-print", _browser_file("print.css"), "css")


def _shipped(name: str, text: str, kind: str = "js") -> ShippedFile:
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return ShippedFile(f"{name}.{digest}.{kind}", text)


def _compact(name: str) -> str:
    lines = (line.strip() for line in _browser_file(name).splitlines())
    return "".join(line for line in lines if not line.startswith("//"))


def _browser_file(name: str) -> str:
    return (_BROWSER / name).read_text(encoding="utf-8")
