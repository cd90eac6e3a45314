"""Hears MkDocs' (and ProperDocs') configuration and hands each finished page to the core."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import Config, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import is_error_template

from chaport_core import Build, BuildRefused, Page, Source, read_settings
from mkdocs_chaport.consent import offer_chat

log = get_plugin_logger("chaport")

# Material's privacy plugin rewrites script addresses at -50, minify works at 0.
_AFTER_ALL_OTHERS = -100


class ChaportConfig(Config):  # type: ignore[no-untyped-call]
    """The options that MkDocs must know of; all are checked by the core."""

    # Without an option of this name MkDocs 1.6 would take `enabled: false` for itself and leave
    # the plugin out, and with it the pages that turn chat on (config_options.py, load_plugin).
    enabled = config_options.Type(bool, default=True)


class ChaportPlugin(BasePlugin[ChaportConfig]):  # type: ignore[no-untyped-call]
    """Chaport live chat on every page."""

    serving = False

    def load_config(self, options: Any, config_file_path: Any = None) -> tuple[Any, Any]:
        """Check the options in the core: the host's own check stops at the first mistake."""
        super().load_config(options, config_file_path)
        self.settings, problems = read_settings(options)
        errors = [(one.place, one.message) for one in problems if one.is_fatal]
        return errors, [(one.place, one.message) for one in problems if not one.is_fatal]

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether an author is previewing."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> None:
        """Begin a build; the host has stopped where there are no settings."""
        assert self.settings is not None
        self.build = Build(
            self.settings,
            Path(config.site_dir),
            log,
            site_url=config.site_url or "",
            serving=self.serving,
            swapping="navigation.instant" in (config.theme.get("features") or ()),
            explain=log.debug if log.isEnabledFor(logging.DEBUG) else None,
        )
        if self.settings.consent == "material":
            offer_chat(config.extra.get("consent"), log)

    @event_priority(_AFTER_ALL_OTHERS)
    def on_env(self, env: Any, /, *, files: Files, **_: Any) -> None:
        """Stop at secrets before any page is written."""
        pages = [file.page for file in files.documentation_pages() if file.page]
        sources = [Source(page.file.src_uri, page.meta, page.content or "") for page in pages]
        with _refusals():
            self.build.refuse_secrets(sources)

    @event_priority(_AFTER_ALL_OTHERS)
    def on_post_page(self, output: str, /, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Put chat into a page."""
        # Of mkdocs-static-i18n: the language that the page is built for, translated or not.
        language = getattr(page.file, "locale_alternate_of", None)
        chat_page = Page(
            output=page.file.dest_uri,
            source=page.file.src_uri,
            metadata=page.meta,
            language=language or _chosen_language(config),
            body=page.markdown or "",
            read_source=lambda: page.file.content_string,
        )
        with _refusals():
            return self.build.add_chat(output, chat_page)

    @event_priority(_AFTER_ALL_OTHERS)
    def on_post_template(self, html: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """Put chat into a page that has no source, such as 404.html."""
        if not template_name.endswith(".html"):
            return html
        is_error = is_error_template(template_name)
        chat_page = Page(template_name, language=_chosen_language(config), at_any_depth=is_error)
        with _refusals():
            return self.build.add_chat(html, chat_page)

    # At -100 mkdocs-static-i18n (1.3) builds each other language in the same way.
    @event_priority(-99)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Say what was built, and complete mkdocs-rss-plugin's feeds."""
        log.info(self.build.summary())
        rss = config.plugins.get("rss")
        names = rss.config.get("feeds_filenames", {}).values() if rss else ()
        for feed in filter(Path.is_file, (Path(config.site_dir, name) for name in names)):
            self.build.complete_feed(feed)


@contextmanager
def _refusals() -> Iterator[None]:
    """End the build as MkDocs ends it, in one line and without a traceback."""
    try:
        yield
    except BuildRefused as refused:
        raise PluginError(f"chaport: {refused}") from refused


def _chosen_language(config: MkDocsConfig) -> str | None:
    """The theme's language where the author chose it: a default says nothing about a site.

    Asked for each page: mkdocs-static-i18n changes it for each language it builds.
    """
    with warnings.catch_warnings():
        # MkDocs 1.6 calls user_configs deprecated, and nothing else tells what an author wrote.
        warnings.simplefilter("ignore")
        themes = [layer.get("theme") for layer in reversed(config.user_configs)]
    theme = next((theme for theme in themes if isinstance(theme, dict)), {})
    key = next((key for key in ("language", "locale") if theme.get(key)), None)
    return str(config.theme[key]) if key else None
