"""One build of a folder that a generator has already written: chat in the files of its pages."""

from collections.abc import Callable, Iterator
from pathlib import Path

from chaport_core.build import Build, BuildRefused, Source
from chaport_core.built_site import BuiltSite
from chaport_core.page.built_page import has_instant_navigation, read_page_settings
from chaport_core.page.chat import Page
from chaport_core.page.removal import remove_chat
from chaport_core.problem import Log
from chaport_core.settings.site import SiteSettings

_NOT_FOUND = "404.html"


class FolderBuild:
    """Chat for the pages of a folder, whatever wrote it; a second run changes nothing."""

    def __init__(
        self,
        settings: SiteSettings,
        folder: Path,
        log: Log,
        *,
        site_url: str = "",
        language: str | None = None,
        explain: Callable[[str], object] | None = None,
    ) -> None:
        """`language`: that of all pages, where known; the others are `Build`'s."""
        self._site = BuiltSite(folder, log)
        self._language = language
        self._build = Build(
            settings,
            folder,
            log,
            site_url=site_url,
            swapping=any(has_instant_navigation(html) for _, html in self._site.texts()),
            explain=explain,
        )

    @property
    def pages(self) -> list[str]:
        """The paths of its pages below the folder, '/'-separated."""
        return self._site.pages

    @property
    def failures(self) -> list[str]:
        """What could not be read or written so far, each with its file; the rest is done."""
        return self._site.failures

    def run(self) -> str:
        """Write every page with its chat, and every feed with its chat links replaced.

        Returns a sentence on what was made of the pages. Raises `BuildRefused` where pages hold
        secrets; then nothing was written.
        """
        try:
            self._build.refuse_secrets(self._sources())
        except BuildRefused as refused:
            subject = f"{refused.subject}, so nothing was written"
            raise BuildRefused(subject, refused.problems) from refused
        unwritten = sum(not self._add_chat(name) for name in self.pages)
        for name in self._site.feeds():
            self._complete_feed(name)
        left = f"; {unwritten} of these could not be written" if unwritten else ""
        return self._build.summary() + left

    def _sources(self) -> Iterator[Source]:
        for name, written in self._site.texts():
            html = remove_chat(written)
            yield Source(name, read_page_settings(html), html)

    def _add_chat(self, name: str) -> bool:
        """Give a page its chat; False where it has chat that could not be written."""
        written = self._site.read(name)
        if written is None:
            return True
        html = remove_chat(written)
        page = Page(
            name,
            metadata=read_page_settings(html),
            language=self._language,
            at_any_depth=name == _NOT_FOUND,
        )
        try:
            with_chat = self._build.add_chat(html, page)
        except OSError as error:
            reason = f"has no chat: {error.filename} cannot be written ({error.strerror})"
            self._site.note(name, reason)
            return True
        return self._site.replace(name, written, with_chat)

    def _complete_feed(self, name: str) -> None:
        try:
            self._build.complete_feed(self._site.folder / name)
        except OSError as error:
            self._site.note_unwritten(name, error)
