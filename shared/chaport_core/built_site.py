"""The files of a built site: where they lie below its folder, read and replaced by their names."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from chaport_core.built_file import (
    UnreadableError,
    decode_page,
    is_link,
    is_page,
    read_page_file,
    read_start,
    real_path,
    replace_file,
)
from chaport_core.problem import Log, printable

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FEEDS = (".xml", ".rss", ".atom", ".json")


def page_files(site_dir: Path, onerror: Callable[[OSError], object]) -> Iterator[Path]:
    """The files of pages (see `site_files`)."""
    return filter(is_page, site_files(site_dir, onerror))


def site_files(site_dir: Path, onerror: Callable[[OSError], object]) -> Iterator[Path]:
    """All files, folders behind links included, each folder once and by its own name if it has one.

    `onerror`: called for each folder that cannot be read.
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


class BuiltSite:
    """The pages and feeds of a folder that a generator wrote; what fails does not stop the rest.

    A file's name is its path below the folder, '/'-separated.
    """

    def __init__(self, folder: Path, log: Log) -> None:
        """`log`: gets a warning for each page whose encoding is broken."""
        self.folder = folder
        self.failures: list[str] = []
        """What could not be done, each with its file."""
        self.pages = [
            self._name(path)
            for path in page_files(folder, self._note_folder)
            if not self._has_two_names(path)
        ]
        self._log = log

    def feeds(self) -> Iterator[str]:
        """The names of the Atom, RSS and JSON Feeds that can be read; other data is no feed."""
        for path in filter(_is_feed, site_files(self.folder, lambda error: None)):
            name = self._name(path)
            if self.read(name) is not None:
                yield name

    def texts(self) -> Iterator[tuple[str, str]]:
        """The names and texts of all pages that can be read, for a look that reports nothing."""
        for name in self.pages:
            try:
                yield name, _text_of(self.folder / name)[0]
            except UnreadableError:
                continue

    def read(self, name: str) -> str | None:
        """A file's text; None, and a failure, where it cannot be read.

        Bytes that are not UTF-8 become surrogates, which `replace` writes as they were.
        """
        try:
            text, mistake = _text_of(self.folder / name)
        except UnreadableError as error:
            self.note(name, str(error))
            return None
        if mistake:
            self._log.warning("%s: %s", printable(name), mistake)
        return text

    def replace(self, name: str, before: str, after: str) -> bool:
        """Replace a file's text where it has changed; False, and a failure, where that fails."""
        if after == before:
            return True
        try:
            replace_file(self.folder / name, after.encode(errors="surrogateescape"))
        except OSError as error:
            self.note_unwritten(name, error)
            return False
        return True

    def note(self, name: str, reason: str) -> None:
        """Add to `failures`; `reason` is the end of a sentence about the file."""
        self.failures.append(f"{printable(name)}: {reason}")

    def note_unwritten(self, name: str, error: OSError) -> None:
        """Add to `failures` that a file could not be replaced."""
        self.note(name, f"cannot be written ({error.strerror}), so it is as it was")

    def _note_folder(self, error: OSError) -> None:
        self.note(self._name(Path(error.filename)), f"cannot be read ({error.strerror})")

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _has_two_names(self, path: Path) -> bool:
        """Whether a page is a link to another page here: its addresses are right there only."""
        target = real_path(path)
        is_inside = is_link(path) and target.is_relative_to(real_path(self.folder))
        return is_inside and is_page(target) and read_start(target, 1) != b""


def _text_of(path: Path) -> tuple[str, str | None]:
    """A file's text, and what is wrong with its encoding; raises `UnreadableError`."""
    data = read_page_file(path)
    if data.startswith(_UTF_16):
        raise UnreadableError("is written in UTF-16; save it as UTF-8")
    _, mistake = decode_page(data)
    return data.decode(errors="surrogateescape"), mistake


def _is_feed(path: Path) -> bool:
    if path.suffix.lower() not in _FEEDS:
        return False
    start = read_start(path, 2000)
    return re.search(rb"jsonfeed\.org/version|<(rss|feed|rdf:RDF)[\s>]", start) is not None
