"""The pages of a built site: where they lie below its folder, and what is in them."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

LARGEST_PAGE = 32 * 1024 * 1024
"""Bytes. Nobody reads such a page; a longer file is some data with the wrong name."""


class UnreadableError(Exception):
    """A page that cannot be read, with the reason as the end of a sentence about it."""


def is_readable_folder(folder: Path) -> bool:
    """Whether a folder is there and may be looked into."""
    # Not Path.is_dir(), which raises where it may not look.
    return os.path.isdir(folder) and os.access(folder, os.R_OK | os.X_OK)  # noqa: PTH112


def page_files(site_dir: Path, onerror: Callable[[OSError], object]) -> Iterator[Path]:
    """The files of pages (see `site_files`)."""
    return filter(is_page, site_files(site_dir, onerror))


def site_files(site_dir: Path, onerror: Callable[[OSError], object]) -> Iterator[Path]:
    """All files, folders behind links included, each folder once and by its own name if it has one.

    `onerror`: hears of each folder that cannot be read.
    """
    seen = set()
    starts = [site_dir]
    for start in starts:
        # A link may lead to a folder that it stands in, or that has a name of its own here.
        if real_path(start) in seen:
            continue
        for parent, folders, names in os.walk(start, onerror=onerror):
            seen.add(real_path(parent))
            folders.sort()
            starts += (Path(parent, name) for name in folders if is_link(Path(parent, name)))
            yield from (Path(parent, name) for name in sorted(names))


# Not Path's own, which raise where they may not look, and at links that lead in a circle.


def real_path(path: str | Path) -> Path:
    """Where a path leads."""
    return Path(os.path.realpath(path))


def is_link(path: Path) -> bool:
    """Whether a path is a link."""
    return os.path.islink(path)  # noqa: PTH114


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
    """Whether a file of a site is a page; one that cannot be read is told of when it is read."""
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
