"""The record: a page's complete effective configuration, in one inert `<meta>` of its head."""

import json
from collections.abc import Mapping
from html import escape
from typing import Any

FORMAT_VERSION = 1
"""Changes when the loader or the runtime of an older release could not read the record."""

# JSON's own escapes, so that no value can end the attribute, the tag or an entity; pure ASCII, so
# that a page that declares another encoding than it is written in changes nothing.
_ESCAPES = str.maketrans({"&": r"\u0026", "'": r"\u0027", "<": r"\u003c", ">": r"\u003e"})


def record_tag(
    chaport_config: Mapping[str, Any], *, language: str | None, consent: str = "none"
) -> str:
    """The `<meta name="chaport">` of a page.

    `chaport_config`: what `window.chaportConfig` will be; `language`: the page's, where known;
    `consent`: the gate that the loader obeys.
    """
    content = json_attribute(chaport_config)
    attributes = f' data-v="{FORMAT_VERSION}"'
    if language and language.isascii():
        attributes += f' data-lang="{escape(language)}"'
    if consent != "none":
        attributes += f' data-consent="{escape(consent)}"'
    return f"<meta name=\"chaport\" content='{content}'{attributes}>"


def json_attribute(value: Any) -> str:
    """A JSON value as the text between an attribute's single quotes."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)
