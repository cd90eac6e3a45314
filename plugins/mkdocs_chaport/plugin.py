"""Hears MkDocs' (and ProperDocs') configuration and hands each finished page to the core."""

import logging
import warnings
from collections.abc import Iterable
from itertools import filterfalse
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from mkdocs.config import config_options as opt
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import is_error_template, write_file

from chaport_core.page.chat import Chat
from chaport_core.page.chat import Page as ChatPage
from chaport_core.page.scripts import ShippedFile
from chaport_core.problem import Problem, dotted, is_fatal, listed, report
from chaport_core.settings.front_matter import unread_keys
from chaport_core.settings.site import SiteSettings, read_settings
from mkdocs_chaport.consent import offer_chat
from mkdocs_chaport.translations import find_secrets_in_sources

log = get_plugin_logger("chaport")

# Material's privacy plugin rewrites script addresses at -50, minify works at 0.
_AFTER_ALL_OTHERS = -100
# mkdocs-static-i18n keeps the files of one language only, at -100.
_BEFORE_ALL_OTHERS = 100
# At the end of a build (1.3, on_post_build, -100) it builds each other language anew, with a chat
# of its own.
_BEFORE_OTHER_LANGUAGES = -99


class ChaportConfig(Config):  # type: ignore[no-untyped-call]
    """The options that MkDocs must know of; all are checked by the core."""

    # Without an option of this name MkDocs 1.6 would take `enabled: false` for itself and leave
    # the plugin out, and with it the pages that turn chat on (config_options.py, load_plugin).
    enabled = opt.Type(bool, default=True)


class ChaportPlugin(BasePlugin[ChaportConfig]):  # type: ignore[no-untyped-call]
    """Chaport live chat on every page."""

    serving = False
    settings: SiteSettings | None
    language_key: str | None
    chat: Chat

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[Any], list[Any]]:
        """Check the options in the core: the host's own check stops at the first mistake."""
        self.config = ChaportConfig(config_file_path=config_file_path)
        self.config.load_dict(options)
        self.settings, problems = read_settings(options)
        return _as_messages(filter(is_fatal, problems)), _as_messages(
            filterfalse(is_fatal, problems)
        )

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether an author is previewing."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> None:
        """Begin a build; the host has stopped where there are no settings."""
        assert self.settings is not None
        swapping = "navigation.instant" in (config.theme.get("features") or ())

        def ship(file: ShippedFile) -> None:
            write_file(file.text.encode(), str(Path(config.site_dir, file.name)))

        self.chat = Chat(
            self.settings,
            ship,
            serving=self.serving,
            swapping=swapping,
            tell=log.debug if log.isEnabledFor(logging.DEBUG) else None,
        )
        self.language_key = _chosen_language_key(config)
        if self.settings.consent == "material":
            report(offer_chat(config.extra), "consent", log)

    @event_priority(_BEFORE_ALL_OTHERS)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> None:
        """Stop at secrets in languages that are not read yet."""
        _stop_at(list(find_secrets_in_sources(self.chat, files, config)))

    @event_priority(_AFTER_ALL_OTHERS)
    def on_env(self, env: Any, /, *, files: Files, **_: Any) -> Any:
        """Stop at secrets before any page is written."""
        pages = [file.page for file in files.documentation_pages() if file.page is not None]
        secrets = [
            f"{page.file.src_uri}: {problem}"
            for page in pages
            for problem in self.chat.secrets_of(
                ChatPage(page.url, metadata=page.meta), page.content or ""
            )
        ]
        _stop_at(secrets)
        return env

    @event_priority(_AFTER_ALL_OTHERS)
    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Put chat into a page."""
        source = page.file.src_uri
        chat_page = ChatPage(
            output=page.file.dest_uri,
            source=source,
            metadata=page.meta,
            # Of mkdocs-static-i18n: the language that the page is built for, translated or not.
            language=getattr(page.file, "locale_alternate_of", None)
            or self._theme_language(config),
            unread_keys=_unread_keys(page),
        )
        html, problems = self.chat.add_to(output, chat_page)
        _tell(problems, source)
        return html

    @event_priority(_AFTER_ALL_OTHERS)
    def on_post_template(
        self, output_content: str, /, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Put chat into a page that has no source, such as 404.html."""
        if not template_name.endswith(".html"):
            return output_content
        chat_page = ChatPage(
            output=template_name,
            language=self._theme_language(config),
            root=_root(config) if is_error_template(template_name) else None,
        )
        html, problems = self.chat.add_to(output_content, chat_page)
        _tell(problems, template_name)
        return html

    @event_priority(_BEFORE_OTHER_LANGUAGES)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Say what was built, and lead the chat links in mkdocs-rss-plugin's feeds elsewhere."""
        log.info(self.chat.summary())
        rss = config.plugins.get("rss")
        for name in rss.config.get("feeds_filenames", {}).values() if rss else ():
            path = Path(config.site_dir, name)
            if path.is_file():
                feed = path.read_bytes().decode()
                feed = self.chat.lead_feed_elsewhere(feed, config.site_url or "")
                path.write_bytes(feed.encode())

    def _theme_language(self, config: MkDocsConfig) -> str | None:
        # Read anew for each page: mkdocs-static-i18n changes it for each language it builds.
        return str(config.theme[self.language_key]) if self.language_key else None


def _stop_at(secrets: list[str]) -> None:
    if secrets:
        raise PluginError(f"chaport: secrets in pages:\n{listed(secrets)}")


def _tell(problems: list[Problem], source: str) -> None:
    secrets = [problem for problem in problems if problem.severity == "secret"]
    if secrets:
        raise PluginError(f"chaport: secrets in {source}:\n{listed(secrets)}")
    report(problems, source, log)


def _as_messages(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    return [(dotted(problem.path), problem.message) for problem in problems]


def _root(config: MkDocsConfig) -> str:
    """A 404 page is served at any depth: its addresses start at the site's path."""
    return f"{urlsplit(config.site_url or '').path.rstrip('/')}/"


def _unread_keys(page: Page) -> tuple[str, ...]:
    # Front matter that MkDocs read is not in page.markdown; a body may begin with such words too,
    # so the file itself decides.
    if not unread_keys(page.markdown or "", page.meta):
        return ()
    return tuple(unread_keys(page.file.content_string, page.meta))


def _chosen_language_key(config: MkDocsConfig) -> str | None:
    """Where the author chose the theme's language: a default says nothing about a site."""
    with warnings.catch_warnings():
        # MkDocs 1.6 calls user_configs deprecated, and nothing else tells what an author wrote.
        warnings.simplefilter("ignore")
        layers = config.user_configs
    for layer in reversed(layers):
        theme = layer.get("theme")
        if isinstance(theme, dict):
            return next((key for key in ("language", "locale") if theme.get(key)), None)
    return None
