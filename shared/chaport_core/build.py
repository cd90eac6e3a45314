"""One build of one site: all that an adapter asks of the core.

An adapter reads its host's configuration into a `Build`, hands over every source and every page,
and gives `BuildRefused` and the summary the form that its host's authors know.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from chaport_core.built_file import replace_file
from chaport_core.page.chat import Chat, Page, find_page_secrets
from chaport_core.page.scripts import ShippedFile
from chaport_core.problem import Log, Problem, listed, printable, report
from chaport_core.settings.site import SiteSettings, read_settings


class BuildRefused(Exception):
    """Why a build has to stop, in words for the site's author."""

    def __init__(self, subject: str, problems: Iterable[Problem | str]) -> None:
        """`subject`: what the problems are, or where, as the heading of their list."""
        self.subject = subject
        self.problems = tuple(problems)
        super().__init__(f"{subject}:\n{listed(self.problems)}")


class Source(NamedTuple):
    """A page before anything is written."""

    name: str
    """What its author calls it: `legal/contact.md`."""
    metadata: Mapping[Any, Any]
    """Its front matter as the host read it."""
    html: str
    """What its text became; its chat links may hold secrets."""


def settings_or_refuse(options: object, place: str, log: Log) -> SiteSettings:
    """A site's settings, for a host that does not check options itself; warnings go to the log.

    `place`: where the options are. Raises `BuildRefused` for mistakes and secrets.
    """
    settings, problems = read_settings(options)
    if settings is None:
        raise BuildRefused(f"{place} has mistakes", (one for one in problems if one.is_fatal))
    report(problems, place, log)
    return settings


class Build:
    """Chat for the pages of one build: files are shipped, and problems logged, as pages come."""

    def __init__(
        self,
        settings: SiteSettings,
        output: Path,
        log: Log,
        *,
        site_url: str = "",
        serving: bool = False,
        swapping: bool = False,
        explain: Callable[[str], object] | None = None,
    ) -> None:
        """`output`: the folder of the built site, made when a first file is shipped;
        `log`: gets the problems of pages, as warnings and hints;
        `site_url`: the site's address, where known, with a slash at its end or without;
        `serving`: whether a host's development server shows the pages to their author;
        `swapping`: whether the host knows that the theme swaps pages without loading documents;
        `explain`: called once for the site and once per page, with a line on where its options
        came from; None to skip.
        """
        self._output = output
        self._log = log
        self._site_url = site_url
        self._chat = Chat(
            settings,
            self._ship,
            root=_with_slash(urlsplit(site_url).path),
            serving=serving,
            swapping=swapping,
            explain=explain,
        )

    def refuse_secrets(self, sources: Iterable[Source]) -> None:
        """Raise `BuildRefused` with all secrets of these sources, before any page is written."""
        secrets = [
            f"{printable(source.name)}: {problem}"
            for source in sources
            for problem in find_page_secrets(source.metadata, source.html)
        ]
        if secrets:
            raise BuildRefused("secrets in pages", secrets)

    def add_chat(self, html: str, page: Page) -> str:
        """A finished page with its chat; one that is no HTML document or is off stays as it is.

        Raises `BuildRefused` where the page holds a secret, and `OSError`, which names the file,
        where a file that the page needs cannot be written.
        """
        html, problems = self._chat.add_to(html, page)
        if problems:
            name = printable(page.source or page.output)
            secrets = [problem for problem in problems if problem.severity == "secret"]
            if secrets:
                raise BuildRefused(f"secrets in {name}", secrets)
            report(problems, name, self._log)
        return html

    def complete_feed(self, path: Path, site_url: str | None = None) -> None:
        """Replace the chat links in a written feed (Atom, RSS, JSON Feed) by the fallback.

        `site_url`: where the feed's readers find the site, if not at the build's address. Raises
        `OSError`.
        """
        # Bytes that are not UTF-8 are written as they were.
        feed = path.read_bytes().decode(errors="surrogateescape")
        address = site_url or self._site_url
        written = self._chat.replace_feed_links(feed, address and _with_slash(address))
        if written != feed:
            replace_file(path, written.encode(errors="surrogateescape"))

    def summary(self) -> str:
        """A sentence on what was made of the pages, for the end of the build."""
        return self._chat.summary()

    def _ship(self, file: ShippedFile) -> None:
        path = self._output / file.name
        content = file.text.encode()
        try:
            if not path.exists() or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                replace_file(path, content)
        except OSError as error:
            raise OSError(error.errno, error.strerror, file.name) from error


def _with_slash(address: str) -> str:
    return f"{address.rstrip('/')}/"
