"""A page's text from its file's bytes, in the encoding that a browser would take."""

import re

from chaport_core.built_site import UnreadableError

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w:.-]+)""", re.I)
_WINDOW = 1024
"""Bytes within which browsers look for a page's encoding (HTML Standard, section 13.2.3.2)."""
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def decode_page(data: bytes) -> tuple[str, str | None]:
    """A page's text, and what is wrong with its encoding; raises `UnreadableError`."""
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    if marked != "utf-16" and b"\0" in data[:_WINDOW]:
        raise UnreadableError("holds binary data and is no page")
    encoding = marked or _declared(data)
    for candidate in dict.fromkeys(["utf-8" if marked is None else marked, encoding]):
        try:
            return data.decode(candidate), None
        except UnicodeDecodeError as error:
            place, broken = error.start, candidate
    told = f"byte {place + 1} is not {broken.removesuffix('-sig').upper()}"
    if marked is None and encoding == "utf-8":
        told += ", and no other encoding is declared"
    return data.decode(encoding, "replace"), told


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data[:_WINDOW])
    name = found[1].decode("ascii", "replace").lower() if found else "utf-8"
    if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        # What browsers read by these names (Encoding Standard, section 4.2).
        return "windows-1252"
    try:
        # A codec that makes no text of bytes (base64) says so; UTF-16 cannot be declared in bytes.
        isinstance(b"".decode(name), str)
    except (LookupError, ValueError):
        return "utf-8"
    return "utf-8" if name.startswith("utf-") else name
