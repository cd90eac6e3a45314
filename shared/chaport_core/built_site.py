"""The pages of a built site: where they lie below its folder, and what is in them."""

import os
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
    """All files, folders behind links included, each folder once.

    `onerror`: hears of each folder that cannot be read.
    """
    seen = set()
    for parent, folders, names in os.walk(site_dir, onerror=onerror, followlinks=True):
        # A link may lead to a folder that it stands in.
        place = Path(parent).resolve()
        if place in seen:
            folders.clear()
            continue
        seen.add(place)
        folders.sort()
        yield from (Path(parent, name) for name in sorted(names))


def read_page_file(path: Path) -> bytes:
    """A page's bytes; raises `UnreadableError`."""
    try:
        if path.stat().st_size > LARGEST_PAGE:
            raise UnreadableError(f"is larger than {LARGEST_PAGE // 1024**2} MiB")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"cannot be read ({error.strerror})") from error


def is_page(path: Path) -> bool:
    """Whether a file of a site is a page."""
    if path.suffix.lower() in (".html", ".htm"):
        # A pipe would be waited for; a link to nowhere is told of when it is read.
        return path.is_file() or path.is_symlink()
    return not path.suffix and path.is_file() and _begins_like_a_page(path)


def _begins_like_a_page(path: Path) -> bool:
    """Whether a file without a suffix is one of the pages that some sites write so."""
    try:
        with path.open("rb") as file:
            start = file.read(100).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    except OSError:
        return False
    return start.startswith((b"<!doctype html", b"<html"))
