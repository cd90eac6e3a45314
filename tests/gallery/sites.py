"""Knows the gallery's two small sites, one for each host, and what their pages should say."""

import json
from pathlib import Path
from typing import Any

from tests.contract.hosts import write_file
from tests.contract.pelican_host import plain_settings, write_settings
from tests.far_end.addresses import APP_ID
from tests.gallery.theme import Theme

_LINK = "[Talk to us](chaport:open)"
_CHAT_HERE = '<div id="chat"></div>'
_INSIDE = 'chaport: {"openIn": {"selector": "#chat"}}'
_ARTICLE = "Title: {title}\nDate: 2024-01-02\nCategory: News\nTags: x\n{more}\n\n{text}\n"

SOURCES = {
    "mkdocs": {
        "docs/index.md": "# Home\n\nWords.\n",
        "docs/settings.md": "---\nchaport_launcher: false\n---\n# Settings\n\nWords.\n",
        "docs/off.md": "---\nchaport: false\n---\n# Off\n\nWords.\n",
        "docs/link.md": f"# Link\n\n{_LINK}\n",
        "docs/inside.md": f"---\n{_INSIDE}\n---\n# Inside\n\n{_CHAT_HERE}\n",
    },
    "pelican": {
        "content/start.md": _ARTICLE.format(title="Start", more="Slug: start", text="Words."),
        "content/start-de.md": _ARTICLE.format(
            title="Anfang", more="Slug: start\nLang: de\nchaport_launcher: false", text="Worte."
        ),
        "content/off.md": _ARTICLE.format(title="Off", more="chaport: false", text="Words."),
        "content/link.md": _ARTICLE.format(title="Link", more="", text=_LINK),
        "content/pages/inside.md": f"Title: Inside\n{_INSIDE}\n\n{_CHAT_HERE}\n",
    },
}
_HIDDEN, _IN_ELEMENT = {"launcher": {"show": False}}, {"openIn": {"selector": "#chat"}}
OWN: dict[str, dict[str, dict[str, Any] | None]] = {
    "mkdocs": {
        "index.html": {},
        "settings/index.html": _HIDDEN,
        "off/index.html": None,
        "link/index.html": {},
        "inside/index.html": _IN_ELEMENT,
    },
    "pelican": {
        "index.html": {},
        "start.html": {},
        "start-de.html": _HIDDEN,
        "off.html": None,
        "link.html": {},
        "pages/inside.html": _IN_ELEMENT,
    },
}
"""What each page that has to be there adds to the site's options; None: no chat there."""
LINK_PAGE = {"mkdocs": "link/index.html", "pelican": "link.html"}
GERMAN_PAGE = {"mkdocs": "index.html", "pelican": "start-de.html"}
"""With MkDocs the whole site is German, with Pelican one page is a translation."""
COMMANDS = {
    "mkdocs": ["mkdocs", "build", "--quiet", "-d", "out"],
    "pelican": ["pelican", "content", "-s", "pelicanconf.py", "-o", "out"],
}


def language_of(host: str, page: str) -> str:
    """The language of a page."""
    return "de" if host == "mkdocs" or page == GERMAN_PAGE[host] else "en"


def write_site(theme: Theme, folder: Path) -> None:
    """Write a host's site, dressed in a theme."""
    for name, text in SOURCES[theme.host].items():
        write_file(folder / name, text)
    if theme.host == "pelican":
        _write_pelican_settings(theme, folder)
    else:
        # JSON is YAML.
        write_file(folder / "mkdocs.yml", json.dumps(_mkdocs_configuration(theme), indent=1))


def _mkdocs_configuration(theme: Theme) -> dict[str, Any]:
    return {
        "site_name": "A site",
        "site_url": "https://example.org/",
        "theme": {"name": theme.name, theme.language: "de", **theme.settings},
        "plugins": ["search", *theme.plugins, {"chaport": {"appId": APP_ID}}],
        **theme.site,
    }


def _write_pelican_settings(theme: Theme, folder: Path) -> None:
    settings = plain_settings() | {
        "SITEURL": "https://example.org",
        "DEFAULT_LANG": "en",
        "THEME": theme.path,
        "CHAPORT": {"appId": APP_ID},
        **theme.settings,
        "PLUGINS": ["chaport", *theme.plugins],
        # Where the stand-in for pelican-webassets is.
        "PLUGIN_PATHS": [str(Path(__file__).parent)],
    }
    write_settings(folder, settings)
    if theme.preamble:
        file = folder / "pelicanconf.py"
        write_file(file, theme.preamble + file.read_text(encoding="utf-8"))
