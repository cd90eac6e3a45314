"""Holds other people's themes, as they come from the package index."""

import re
from codecs import BOM_UTF8
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.contract.hosts import APP_ID
from tests.contract.written_site import read_records, read_scripts
from tests.hosts.pelican.conftest import record

from chaport_core.loader import loader_script

# Where each keeps its templates, and the settings that it cannot do without.
THEMES = {
    "jwk_theme": ("", {}),
    "pelican.themes.reflex": ("", {"CC_LICENSE": {"name": "CC"}}),
    "pelican.themes.smallweb": ("", {}),
    "pelican.themes.themeless": ("", {}),
    "minchin.pelican.themes.minchindotca": ("", {"PLUGINS": ["chaport", "jinja_filters"]}),
    "pelican_engineering_theme": ("theme", {}),
}
ARTICLE = "Title: {title}\nDate: 2024-01-02\nTags: x\nLang: {lang}\nSlug: a\n{more}\n\nText.\n"
CONTENT = {
    "content/a.md": ARTICLE.format(title="A", lang="en", more=""),
    "content/a-de.md": ARTICLE.format(title="Aa", lang="de", more="chaport_launcher: false"),
    "content/off.md": "Title: Off\nDate: 2024-01-03\nchaport: false\n\nText.\n",
    "content/pages/p.md": "Title: P\nchaport_open_in: _blank\n\nText.\n",
}
KNOWN = {"a-de.html": "de"}
OWN = {"a-de.html": {"launcher": {"show": False}}, "pages/p.html": {"openIn": "_blank"}}
WRITTEN = {
    *("a.html", "a-de.html", "off.html", "pages/p.html", "index.html", "tags.html", "tag/x.html"),
    *("archives.html", "authors.html", "categories.html", "category/misc.html"),
    "author/somebody.html",
}


def theme_folder(name):
    """Where a theme is installed; None if it is not."""
    package = name.partition(".")[0]
    try:
        spec = find_spec(name if find_spec(package) else package)
    except ModuleNotFoundError:
        return None
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) if places else None


def rendered_lang(page):
    """The theme's own `<html lang>` of a page, where it stands before the page's content.

    One theme writes two byte order marks on some pages: the second is content.
    """
    if page.startswith(2 * BOM_UTF8):
        return None
    tag = re.search(rb"<html[^>]*>(?!.*<html)", page, re.S | re.I)
    lang = re.search(rb"""\slang=["']?([\w-]+)""", tag[0]) if tag else None
    return lang[1].decode() if lang else None


def expected_record(output, page):
    """What a page should say, by what the theme wrote as its language."""
    known = KNOWN.get(output, "en")
    rendered = rendered_lang(page)
    agrees = rendered is not None and rendered.lower().split("-")[0] == known
    language = {"source": "html"} if agrees else {"use": known}
    return None if output == "off.html" else record(known, language, **OWN.get(output, {}))


def test_at_least_five_themes_are_installed():
    assert len([name for name in THEMES if theme_folder(name)]) >= 5


@pytest.mark.parametrize("name", [name for name in THEMES if theme_folder(name)])
def test_every_page_of_a_theme_has_its_chat(project, name):
    inside, settings = THEMES[name]
    project.write(CONTENT)
    project.settings(THEME=str(theme_folder(name) / inside), CHAPORT={"appId": APP_ID}, **settings)
    assert project.build().code == 0
    out = project.folder / "out"
    pages = {output: (out / output).read_bytes() for output in WRITTEN}
    records = {name: chat for name, chat in read_records(out).items() if name[:6] != "theme/"}
    assert records == {output: expected_record(output, page) for output, page in pages.items()}
    assert read_scripts(out) == {(loader_script(),)}
