"""Gives each page of a built folder to the core, and writes what comes back."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from chaport_apply.files import replace_file
from chaport_apply.page_settings import read_page_settings
from chaport_core.built_site import UnreadableError, page_files, read_page_file
from chaport_core.loader import ShippedFile
from chaport_core.page import Chat, Page
from chaport_core.problem import Log, report
from chaport_core.removal import remove_chat
from chaport_core.settings import SiteSettings

_NOT_FOUND = "404.html"
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
        self.pages = list(page_files(folder, self._fail_folder))
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
                f"{self._name(path)}: {problem}"
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
        for path in self._feeds():
            feed = self._read(path)
            if feed is not None and _is_feed(feed):
                self._write(path, feed, chat.lead_feed_elsewhere(feed, self.site_url))
        return chat.summary()

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
        report(problems, name, self.log)
        self._write(path, html, written)

    @property
    def _root(self) -> str:
        """Where addresses start on a page that is served at any depth."""
        return f"{urlsplit(self.site_url).path.rstrip('/')}/"

    def _feeds(self) -> Iterator[Path]:
        for path in sorted(self.folder.rglob("*")):
            if path.suffix.lower() in _FEEDS and path.is_file():
                yield path

    def _ship(self, file: ShippedFile) -> None:
        path = self.folder / file.name
        content = file.text.encode()
        if not path.exists() or path.read_bytes() != content:
            replace_file(path, content)

    def _read(self, path: Path, *, told: bool = True) -> str | None:
        """A file's text; what is not UTF-8 in it comes back as it was when it is written."""
        try:
            return read_page_file(path).decode(errors="surrogateescape")
        except UnreadableError as error:
            if told:
                self._fail(path, str(error))
            return None

    def _write(self, path: Path, before: str, after: str) -> None:
        if after == before:
            return
        try:
            replace_file(path, after.encode(errors="surrogateescape"))
        except OSError as error:
            self._fail(path, f"cannot be written ({error.strerror}), so it is as it was")

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _fail(self, path: Path, reason: str) -> None:
        self.failures.append(f"{self._name(path)}: {reason}")

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


def _is_feed(text: str) -> bool:
    """Whether a file is an Atom, RSS or JSON Feed: other data is nobody's to change."""
    start = text[:2000]
    return re.search(r"jsonfeed\.org/version|<(rss|feed|rdf:RDF)[\s>]", start) is not None
