"""Putting chat into one finished page: the pages of a build share the settings of their site."""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urljoin

from chaport_core.page.chat_links import may_have_links, rewrite_links
from chaport_core.page.containers import find_missing_containers, selector_of, selectors_of
from chaport_core.page.feeds import rewrite_feed
from chaport_core.page.head import Head, carries_our_record, carries_vendor_snippet, find_head
from chaport_core.page.language import code_beside
from chaport_core.page.origins import line_of_page, line_of_site
from chaport_core.page.outcome import Outcome, summary_of
from chaport_core.page.record import record_tag
from chaport_core.page.scripts import (
    VENDOR_SCRIPT,
    ShippedFile,
    content,
    deferred_script,
    head_scripts,
    identity,
    preview_widget,
    print_link,
    print_style,
    runtime,
)
from chaport_core.problem import Problem, is_warning
from chaport_core.settings.front_matter import read_front_matter, unread_keys, unread_problem
from chaport_core.settings.identity import identity_attributes
from chaport_core.settings.layers import Layer
from chaport_core.settings.site import PageConfig, SiteSettings
from chaport_core.validation.contradictions import find_early_starts


class Page(NamedTuple):
    """What an adapter knows of a page; paths are relative and '/'-separated."""

    output: str
    """Where the page is written, below the output folder: `legal/contact/index.html`."""
    source: str | None = None
    """Its source below the content folder: `legal/contact.md`; None for a template's page."""
    metadata: Mapping[Any, Any] = MappingProxyType({})
    """Its front matter as the host read it."""
    language: str | None = None
    """Its language, where the host knows it."""
    body: str = ""
    """Its text, plain or rendered, in which front matter that the host could not read shows."""
    read_source: Callable[[], str] | None = None
    """Reads its source file, to look for such front matter; None for a page without a source."""
    at_any_depth: bool = False
    """Whether it is served at any depth (404), so that its addresses start at the site's root."""


class _Splice(NamedTuple):
    """What a page's configuration makes of it, whatever its text says."""

    html: str
    """What goes before `</head>`; nothing where chat is off and no page is swapped for it."""
    root: str
    """The site's root as an address."""
    config: PageConfig
    outcome: Outcome
    selectors: tuple[str, ...] = ()
    """The elements that chat shall open in."""
    hints: tuple[Problem, ...] = ()
    language: str | None = None
    """The code that the widget gets because `<html lang>` does not say the page's language."""


class Chat:
    """Chat for the pages of one site."""

    def __init__(
        self,
        settings: SiteSettings,
        ship: Callable[[ShippedFile], object],
        *,
        root: str = "/",
        serving: bool = False,
        swapping: bool = False,
        explain: Callable[[str], object] | None = None,
    ) -> None:
        """`ship`: writes a file below the output folder, called once for each that pages need;
        `root`: the path of the site's address, such as `/docs/`; the others are `Build`'s.
        """
        self.settings = settings
        self._root = root
        self._explain = explain
        self._outcomes: dict[Outcome, int] = {"on": 0, "off": 0, "foreign": 0, "fragment": 0}
        self._warned = 0
        self._shows_preview = settings.shows_preview(serving=serving)
        self._swaps_pages = settings.swaps_pages(swapping=swapping)
        self._ship = cache(ship)
        # Pages that say nothing themselves share what their rows make of the site's options.
        self._shared = lru_cache(maxsize=256)(self._splice)

    def add_to(self, html: str, page: Page) -> tuple[str, list[Problem]]:
        """Return the page's HTML with chat in its head, and its problems, secrets included.

        In a page that is off, chat links are replaced by the fallback; one that is no HTML
        document or carries Chaport already comes back unchanged. Raises what `ship` raises.
        """
        own, problems = read_front_matter(page.metadata)
        if self.settings.identity is not None:
            problems = [*problems, *find_early_starts(own, ("chaport",))]
        unread = _unread_keys_of(page)
        if unread:
            own, problems = {"enabled": False}, [*problems, unread_problem(unread)]
        head = find_head(html)
        if head is None:
            return html, self._note("fragment", page, problems)
        rows = self.settings.rows.matching(page.source, page.output)
        splice = self._splice_of(page, head, rows, own)
        # Without the first letter, which may be a capital one.
        if html.rfind("haport") >= 0:
            # A page that is off has no record, but scripts where pages are swapped.
            was_here = splice.html and not splice.config.enabled and splice.html in html
            if was_here or carries_our_record(html, head):
                return html, problems
            if splice.html and carries_vendor_snippet(html):
                return html, self._note("foreign", page, [*problems, _ALREADY_THERE])
            if may_have_links(html):
                html, problems = self._add_with_links(html, head, splice, problems)
                return html, self._note(splice.outcome, page, problems, splice)
        if splice.selectors:
            problems += find_missing_containers(html, splice.selectors)
        if splice.hints:
            problems += splice.hints
        html = html[: head.end] + splice.html + html[head.end :]
        return html, self._note(splice.outcome, page, problems, splice)

    def summary(self) -> str:
        """What was made of the pages so far, for the end of a build."""
        return summary_of(self._outcomes, self._warned)

    def replace_feed_links(self, feed: str, site: str) -> str:
        """Return a feed (Atom, RSS, JSON Feed) with its chat links replaced by the fallback.

        `site`: the site's address, for a fallback on it.
        """
        # Whether it may have links cannot be seen: there are backslashes and entities in between.
        if "haport" not in feed:
            return feed
        fallback = self.settings.fallback_of(self.settings.resolve((), None), "")
        address = fallback and urljoin(site, fallback)
        return rewrite_feed(feed, lambda html: rewrite_links(html, address, chat=False).html)

    def _note(
        self,
        outcome: Outcome,
        page: Page,
        problems: list[Problem],
        splice: _Splice | None = None,
    ) -> list[Problem]:
        """Count what became of a page; every page comes by here once."""
        self._outcomes[outcome] += 1
        if problems and any(map(is_warning, problems)):
            self._warned += 1
        if self._explain is not None:
            if sum(self._outcomes.values()) == 1:
                self._explain(line_of_site(self.settings))
            config, language = (splice.config, splice.language) if splice else (None, None)
            self._explain(line_of_page(page.source or page.output, outcome, config, language))
        return problems

    def _add_with_links(
        self, html: str, head: Head, splice: _Splice, problems: list[Problem]
    ) -> tuple[str, list[Problem]]:
        fallback = self.settings.fallback_of(splice.config, splice.root)
        is_on = splice.config.enabled
        before, after = (
            rewrite_links(part, fallback, chat=is_on)
            for part in (html[: head.end], html[head.end :])
        )
        calls = (*before.calls, *after.calls)
        added = splice.html
        if calls and self.settings.events == "none":
            added += self._content_tags(splice.root)
        opened = [call.arguments[0] for call in calls if call.method == "openIn"]
        selectors = [*splice.selectors, *filter(None, map(selector_of, opened))]
        problems = [*problems, *splice.hints, *before.problems, *after.problems]
        return (
            before.html + added + after.html,
            problems + find_missing_containers(html, selectors),
        )

    def _splice_of(
        self, page: Page, head: Head, rows: tuple[int, ...], own: Layer | None
    ) -> _Splice:
        root = self._root if page.at_any_depth else "../" * page.output.count("/")
        if own is None:
            return self._shared(rows, page.language, head.lang, root)
        return self._render(self.settings.resolve(rows, own), page.language, head.lang, root)

    def _splice(
        self, rows: tuple[int, ...], known: str | None, rendered: str | None, root: str
    ) -> _Splice:
        return self._render(self.settings.resolve(rows, None), known, rendered, root)

    def _render(
        self, config: PageConfig, known: str | None, rendered: str | None, root: str
    ) -> _Splice:
        """`known`: the page's language by the host; `rendered`: its `<html lang>`."""
        consent = self.settings.consent
        scripts = head_scripts(
            consent if config.enabled or self._swaps_pages else "none",
            self._address(root, preview_widget()) if self._shows_preview else VENDOR_SCRIPT,
            self._address(root, runtime()) if self._swaps_pages else None,
        )
        if self.settings.events == "dom":
            scripts += self._content_tags(root)
        if self.settings.identity is not None:
            attributes = identity_attributes(self.settings.identity)
            scripts += deferred_script(self._address(root, identity()), attributes)
        if not config.enabled:
            # The next page may want chat, and its scripts would not run.
            return _Splice(scripts if self._swaps_pages else "", root, config, "off")
        chaport_config = config.chaport_config
        code: str | None = None
        hints: tuple[Problem, ...] = ()
        if known is not None and not config.names_language:
            code, hints = code_beside(rendered, known)
        if code:
            chaport_config = {**chaport_config, "language": {"use": code}}
        # Where pages are swapped, the runtime sets the <html lang> of the page reached.
        told = (rendered or known) if self._swaps_pages else known
        record = record_tag(chaport_config, language=told, consent=consent)
        selectors = tuple(selectors_of(chaport_config))
        return _Splice(record + scripts, root, config, "on", selectors, hints, code)

    def _content_tags(self, root: str) -> str:
        script = deferred_script(self._address(root, content()))
        return script + print_link(self._address(root, print_style()))

    def _address(self, root: str, file: ShippedFile) -> str:
        self._ship(file)
        return root + file.name


def find_page_secrets(metadata: Mapping[Any, Any], html: str) -> list[Problem]:
    """The secrets of a page that is not rendered yet: in its front matter, and in chat links.

    `html`: what its text became.
    """
    _, problems = read_front_matter(metadata)
    if may_have_links(html):
        problems = [*problems, *rewrite_links(html, None).problems]
    return [problem for problem in problems if problem.severity == "secret"]


# A key in the text, plain or rendered: front matter that the host could not read is text.
_KEY = re.compile(r"chaport[\w.-]*[\"']?\s*:", re.I)


def _unread_keys_of(page: Page) -> list[str]:
    """The `chaport` keys of front matter that the host could not read."""
    if page.read_source is None or not _KEY.search(page.body, 0, 4000):
        return []
    try:
        # The text may have such words without any front matter, so the file decides.
        return unread_keys(page.read_source(), page.metadata)
    except (OSError, UnicodeError):
        # A source that is no text has no front matter of this kind.
        return []


_ALREADY_THERE = Problem(
    (),
    "already carries Chaport's own installation code, so it was left as it is;"
    " remove the code from the theme or the page to have this plugin's settings",
    "warning",
)
