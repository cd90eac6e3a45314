"""Putting chat into one finished page: the core's one call for an adapter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from chaport_core.frontmatter import read_front_matter, unread_problem
from chaport_core.html import (
    INSTALLATION_MARK,
    Head,
    carries_our_record,
    carries_vendor_snippet,
    find_head,
)
from chaport_core.language import agrees, two_letter_code
from chaport_core.loader import (
    VENDOR_SCRIPT,
    ShippedFile,
    head_scripts,
    preview_widget,
    runtime,
)
from chaport_core.merge import Layer
from chaport_core.problem import Problem
from chaport_core.record import record_tag
from chaport_core.settings import PageConfig, SiteSettings


@dataclass(frozen=True, slots=True)
class Page:
    """What an adapter knows of a page; paths are relative and '/'-separated."""

    output: str
    """Where the page is written, below the output folder: `legal/contact/index.html`."""
    source: str | None = None
    """Its source below the content folder: `legal/contact.md`; None for a template's page."""
    metadata: Mapping[Any, Any] = field(default_factory=dict)
    """Its front matter as the host read it."""
    language: str | None = None
    """Its language, where the host knows it."""
    unread_keys: tuple[str, ...] = ()
    """`chaport` keys in front matter that the host could not read (`frontmatter.unread_keys`)."""
    root: str | None = None
    """The site's root as an address for a page served at any depth (404): `/` or `/docs/`."""


class Chat:
    """Chat for the pages of one site."""

    def __init__(
        self, settings: SiteSettings, *, serving: bool = False, swapping: bool = False
    ) -> None:
        """`serving`: whether a host's development server shows the pages to their author.

        `swapping`: whether the host knows that the theme swaps pages without loading documents.
        """
        self.settings = settings
        self._preview = preview_widget() if settings.shows_preview(serving=serving) else None
        self._runtime = runtime() if settings.swaps_pages(swapping=swapping) else None
        self.files: tuple[ShippedFile, ...] = tuple(filter(None, (self._preview, self._runtime)))
        """The files that an adapter ships beside the pages."""
        # Pages that say nothing themselves share what their rows make of the site's options.
        self._shared = lru_cache(maxsize=256)(self._splice)

    def secrets_of(self, page: Page) -> list[Problem]:
        """The secrets in a page's front matter: they stop a build before any page is written."""
        _, problems = read_front_matter(page.metadata)
        return [problem for problem in problems if problem.severity == "secret"]

    def add_to(self, html: str, page: Page) -> tuple[str, list[Problem]]:
        """Return the page's HTML with chat in its head, and what its author should know.

        A page that is off, is no HTML document or carries Chaport already comes back unchanged.
        """
        own, problems = read_front_matter(page.metadata)
        if page.unread_keys:
            own, problems = {"enabled": False}, [*problems, unread_problem(list(page.unread_keys))]
        head = find_head(html)
        if head is None:
            return html, problems
        rows = self.settings.rows.matching(page.source, page.output)
        splice, hints = self._splice_of(page, head, rows, own)
        if not splice:
            return html, problems
        # A search is cheap, reading the tags is not: only a preview page lacks the address.
        if INSTALLATION_MARK in html or self._preview:
            if carries_our_record(html, head) or splice in html:
                return html, problems
            if carries_vendor_snippet(html):
                return html, [*problems, _ALREADY_THERE]
        return html[: head.end] + splice + html[head.end :], [*problems, *hints]

    def _splice_of(
        self, page: Page, head: Head, rows: tuple[int, ...], own: Layer | None
    ) -> tuple[str, tuple[Problem, ...]]:
        root = "../" * page.output.count("/") if page.root is None else page.root
        if own is None:
            return self._shared(rows, page.language, head.lang, root)
        return self._render(self.settings.resolve(rows, own), page.language, head.lang, root)

    def _splice(
        self, rows: tuple[int, ...], known: str | None, rendered: str | None, root: str
    ) -> tuple[str, tuple[Problem, ...]]:
        return self._render(self.settings.resolve(rows, None), known, rendered, root)

    def _render(
        self, config: PageConfig, known: str | None, rendered: str | None, root: str
    ) -> tuple[str, tuple[Problem, ...]]:
        """What goes before `</head>`; nothing where chat is off and no page is swapped for it.

        `known`: the page's language by the host; `rendered`: its `<html lang>`.
        """
        consent = self.settings.consent
        scripts = head_scripts(
            consent if config.enabled else "none",
            root + self._preview.name if self._preview else VENDOR_SCRIPT,
            root + self._runtime.name if self._runtime else None,
        )
        if not config.enabled:
            # The next page may want chat, and its scripts would not run.
            return (scripts if self._runtime else ""), ()
        chaport_config = config.chaport_config
        hints: tuple[Problem, ...] = ()
        if known is not None and not config.names_language and not agrees(known, rendered):
            code = two_letter_code(known)
            if code:
                chaport_config = {**chaport_config, "language": {"use": code}}
            else:
                hints = (_no_code(known),)
        # Where pages are swapped, the runtime sets the <html lang> of the page reached.
        told = (rendered or known) if self._runtime else known
        return record_tag(chaport_config, language=told, consent=consent) + scripts, hints


_ALREADY_THERE = Problem(
    (),
    "already carries Chaport's own installation code, so it was left as it is;"
    " remove the code from the theme or the page to have this plugin's settings",
    "warning",
)


def _no_code(language: str) -> Problem:
    return Problem(
        (),
        f"is in {language!r}, which <html lang> does not say, and the widget takes 2-letter codes"
        " only; to choose its language set language: {use: ...}",
        "info",
    )
