"""One file of a built site: read, decoded as a browser would, and replaced whole."""

import codecs
import os
import re
import stat
from pathlib import Path

LARGEST_PAGE = 32 * 1024 * 1024
"""Bytes. Nobody reads such a page; a longer file is some data with the wrong name."""


class UnreadableError(Exception):
    """A page that cannot be read, with the reason as the end of a sentence about it."""


def read_page_file(path: Path) -> bytes:
    """A page's bytes; raises `UnreadableError`."""
    try:
        status = path.stat()
        # A pipe would be waited for, and a device may never end.
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("is no ordinary file")
        if status.st_size > LARGEST_PAGE:
            raise UnreadableError(f"is larger than {LARGEST_PAGE // 1024**2} MiB")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"cannot be read ({error.strerror})") from error


def is_page(path: Path) -> bool:
    """Whether a file of a site is a page; an unreadable file is reported when it is read."""
    if path.suffix:
        return path.suffix.lower() in (".html", ".htm")
    # Some sites write pages without a suffix.
    start = read_start(path, 100).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html"))


def read_start(path: Path, size: int) -> bytes:
    """The first bytes of a file; none where it cannot be read or is no ordinary file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return b""
        with path.open("rb") as file:
            return file.read(size)
    except OSError:
        return b""


def replace_file(path: Path, content: bytes) -> None:
    """Write a file, new or in place of an old one, whose mode it keeps.

    Where a link leads, the file behind it is replaced. Raises `OSError`; then all is as it was.
    """
    target = path.resolve()
    draft = target.with_name(f".chaport-{os.urandom(8).hex()}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(content)
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        os.replace(draft, target)  # noqa: PTH105 - the same, and says what it does
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


# Not Path's own, which raise where they may not look, and at links that lead in a circle.


def real_path(path: str | Path) -> Path:
    """Where a path leads."""
    return Path(os.path.realpath(path))


def is_link(path: Path) -> bool:
    """Whether a path is a link."""
    return os.path.islink(path)  # noqa: PTH114


# ---- Encodings ------------------------------------------------------------------------------

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w:.-]+)""", re.I)
_BROWSERS_KNOW = re.compile(
    r"windows-\d+|iso-8859-\d+|koi8-[ru]|ibm866|macintosh|gbk|gb2312|gb18030|big5|shift[_-]jis"
    r"|euc-(jp|kr)"
)
CHARSET_WINDOW = 1024
"""Bytes within which browsers look for a page's encoding (HTML Standard, section 13.2.3.2)."""
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
