"""A page's text from its file's bytes, in the encoding that a browser would take."""

import codecs
import re

from chaport_core.built_site import UnreadableError
from chaport_core.page.head import CHARSET_WINDOW

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w:.-]+)""", re.I)
_BROWSERS_KNOW = re.compile(
    r"windows-\d+|iso-8859-\d+|koi8-[ru]|ibm866|macintosh|gbk|gb2312|gb18030|big5|shift[_-]jis"
    r"|euc-(jp|kr)"
)
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def decode_page(data: bytes) -> tuple[str, str | None]:
    """A page's text, and what is wrong with its encoding; raises `UnreadableError`."""
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    if marked != "utf-16" and b"\0" in data[:CHARSET_WINDOW]:
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
    found = _CHARSET.search(data[:CHARSET_WINDOW])
    name = found[1].decode("ascii", "replace").lower() if found else "utf-8"
    if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        # What browsers read by these names (Encoding Standard, section 4.2).
        return "windows-1252"
    # Python knows many codecs that no browser does: base64, idna, undefined.
    return name if _BROWSERS_KNOW.fullmatch(name) and _is_known(name) else "utf-8"


def _is_known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
