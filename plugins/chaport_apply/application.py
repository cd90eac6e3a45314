"""Gives each page of a built folder to the core, and writes what comes back."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from chaport_apply.files import replace_file
from chaport_apply.page_settings import read_page_settings
from chaport_core.built_site import (
    UnreadableError,
    is_link,
    is_page,
    page_files,
    read_page_file,
    read_start,
    real_path,
    site_files,
)
from chaport_core.inspection.reading import decode_page
from chaport_core.page.chat import Chat, Page
from chaport_core.page.removal import remove_chat
from chaport_core.page.scripts import ShippedFile
from chaport_core.problem import Log, printable, report
from chaport_core.settings.site import SiteSettings

_NOT_FOUND = "404.html"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FEEDS = (".xml", ".rss", ".atom", ".json")


class Application:
    """Chat for the pages of one folder."""

    def __init__(
        self,
        folder: Path,
        settings: SiteSettings,
        site_url: str,
        language: str | None,
        log: Log,
        tell: Callable[[str], object] | None = None,
    ) -> None:
        """`site_url`: where the site will be, if known; `language`: that of its pages, if known.

        `tell`: hears where each page's options came from, if somebody wants to know.
        """
        self.folder = folder
        self.settings = settings
        self.site_url = site_url
        self.language = language
        self.log = log
        self.tell = tell
        self.failures: list[str] = []
        """What could not be done, each with its file."""
        self.pages = [
            path for path in page_files(folder, self._fail_folder) if not self._has_two_names(path)
        ]
        self._unwritten = 0
        self._swaps_pages = False

    def find_secrets(self) -> list[str]:
        """The secrets of all pages, before any is written; looks for instant navigation, too."""
        chat = Chat(self.settings, lambda file: None)
        secrets = []
        for path in self.pages:
            # What cannot be read is told of when it is its turn.
            html = remove_chat(self._read(path, told=False) or "")
            self._swaps_pages = self._swaps_pages or _has_instant_navigation(html)
            secrets += [
                f"{self._shown(path)}: {problem}"
                for problem in chat.secrets_of(Page("", metadata=read_page_settings(html)), html)
            ]
        return secrets

    def add_chat(self) -> str:
        """Write every page with its chat, and every feed with its chat links led elsewhere.

        Returns a sentence on what was made of the pages.
        """
        chat = Chat(self.settings, self._ship, swapping=self._swaps_pages, tell=self.tell)
        for path in self.pages:
            html = self._read(path)
            if html is not None:
                self._write_page(chat, path, html)
        for path in filter(_is_feed, site_files(self.folder, lambda error: None)):
            feed = self._read(path)
            if feed is not None:
                self._write(path, feed, chat.lead_feed_elsewhere(feed, self.site_url))
        unwritten = f"; {self._unwritten} of these could not be written" if self._unwritten else ""
        return chat.summary() + unwritten

    def _write_page(self, chat: Chat, path: Path, html: str) -> None:
        name = self._name(path)
        page = Page(
            name,
            metadata=read_page_settings(html),
            language=self.language,
            root=self._root if name == _NOT_FOUND else None,
        )
        try:
            written, problems = chat.add_to(remove_chat(html), page)
        except OSError as error:
            self._fail(path, f"has no chat: {error.filename} cannot be written ({error.strerror})")
            return
        report(problems, printable(name), self.log)
        if not self._write(path, html, written):
            self._unwritten += 1

    @property
    def _root(self) -> str:
        """Where addresses start on a page that is served at any depth."""
        return f"{urlsplit(self.site_url).path.rstrip('/')}/"

    def _ship(self, file: ShippedFile) -> None:
        path = self.folder / file.name
        content = file.text.encode()
        try:
            if not path.exists() or path.read_bytes() != content:
                replace_file(path, content)
        except OSError as error:
            raise OSError(error.errno, error.strerror, file.name) from error

    def _read(self, path: Path, *, told: bool = True) -> str | None:
        """A file's text; what is not UTF-8 in it comes back as it was when it is written."""
        try:
            data = read_page_file(path)
            if data.startswith(_UTF_16):
                raise UnreadableError("is written in UTF-16; save it as UTF-8")
            _, mistake = decode_page(data)
        except UnreadableError as error:
            if told:
                self._fail(path, str(error))
            return None
        if mistake and told:
            self.log.warning("%s: %s", self._shown(path), mistake)
        return data.decode(errors="surrogateescape")

    def _write(self, path: Path, before: str, after: str) -> bool:
        """Write what has changed, and say whether all is written."""
        if after == before:
            return True
        try:
            replace_file(path, after.encode(errors="surrogateescape"))
        except OSError as error:
            self._fail(path, f"cannot be written ({error.strerror}), so it is as it was")
            return False
        return True

    def _has_two_names(self, path: Path) -> bool:
        """Whether a page is a link to another page here: its addresses are right there only."""
        target = real_path(path)
        is_inside = is_link(path) and target.is_relative_to(real_path(self.folder))
        return is_inside and is_page(target) and read_start(target, 1) != b""

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _fail(self, path: Path, reason: str) -> None:
        self.failures.append(f"{self._shown(path)}: {reason}")

    def _shown(self, path: Path) -> str:
        """A file's name as a line of a log can hold it."""
        return printable(self._name(path))

    def _fail_folder(self, error: OSError) -> None:
        self._fail(Path(error.filename), f"cannot be read ({error.strerror})")


def _has_instant_navigation(html: str) -> bool:
    """Whether a page of Zensical's or Material's swaps pages: its own settings say so."""
    found = re.search(r'<script id="?__config"?[^>]*>([^<]*)</script>', html)
    if not found:
        return False
    try:
        return "navigation.instant" in json.loads(found[1]).get("features", ())
    except (ValueError, AttributeError, TypeError):
        return False


def _is_feed(path: Path) -> bool:
    """Whether a file is an Atom, RSS or JSON Feed: other data is nobody's to change."""
    if path.suffix.lower() not in _FEEDS:
        return False
    start = read_start(path, 2000)
    return re.search(rb"jsonfeed\.org/version|<(rss|feed|rdf:RDF)[\s>]", start) is not None
