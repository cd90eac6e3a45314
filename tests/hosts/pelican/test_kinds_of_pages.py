"""Holds Pelican's own kinds of pages: each gets its chat, and what is no page stays as it was."""

import pytest
from tests.contract.written_site import read_scripts, without_chat
from tests.far_end.addresses import APP_ID
from tests.hosts.pelican.conftest import SETTINGS, record

from chaport_core.page.scripts import loader_script

ARTICLE = "Title: {title}\nDate: {date}\nCategory: {category}\nTags: {tag}\n{more}\n\nText.\n"


def article(title, date, category="News", tag="alpha", more=""):
    return ARTICLE.format(title=title, date=date, category=category, tag=tag, more=more)


CONTENT = {
    "content/one.md": article("One", "2023-01-02", more="chaport_open_in: _blank"),
    "content/one-de.md": article("Eins", "2023-01-02", more="Lang: de\nSlug: one"),
    "content/two.md": article("Two", "2024-05-06", "Rest", "beta", "Author: Other"),
    "content/off.md": article("Off", "2024-05-07", "Rest", "beta", "chaport: off"),
    "content/draft.md": article("Draft", "2024-05-08", more="Status: draft"),
    "content/hidden.md": article("Hidden", "2024-05-09", more="Status: hidden"),
    "content/pages/about.md": "Title: About\nchaport_launcher: no\n\nText.\n",
    "content/pages/about-de.md": "Title: Wir\nLang: de\nSlug: about\n\nText.\n",
    "content/pages/hidden.md": "Title: Hidden page\nStatus: hidden\n\nText.\n",
    "content/pages/draft.md": "Title: Draft page\nStatus: draft\n\nText.\n",
    "content/pages/bare.md": "Title: Bare\nsave_as: bare\n\nText.\n",
    "content/static/raw.html": "<!doctype html><html><head></head><body></body></html>",
    "content/static/map.txt": "</head>",
}
HTML_TEMPLATE = (
    "<!doctype html>\r\n<html lang=en><HEAD></HEAD><body>{{ output_file }}</body></html>"
)
TEMPLATES = {
    "templates/404.html": HTML_TEMPLATE,
    "templates/extra.html": HTML_TEMPLATE,
    "templates/fragment.html": "<p>No document</p>",
    "templates/empty.html": "",
    "templates/robots.txt": "Sitemap: {{ SITEURL }}/sitemap.xml <html><head></head>",
    "templates/map.xml": "<html><head></head><body/></html>",
}
FEEDS = {
    "FEED_ALL_ATOM": "feeds/all.atom.xml",
    "FEED_ALL_RSS": "feeds/all.rss.xml",
    "CATEGORY_FEED_ATOM": "feeds/{slug}.atom.xml",
    "TRANSLATION_FEED_ATOM": "feeds/all-{lang}.atom.xml",
}
KINDS = FEEDS | {
    "PATH": "content",
    "STATIC_PATHS": ["static"],
    "ARTICLE_EXCLUDES": ["static", "pages"],
    "DEFAULT_PAGINATION": 2,
    "YEAR_ARCHIVE_SAVE_AS": "{date:%Y}/index.html",
    "MONTH_ARCHIVE_SAVE_AS": "{date:%Y}/{date:%m}/index.html",
    "TEMPLATE_PAGES": {
        f"../{name}": f"extra/{name.removeprefix('templates/')}"
        if name != "templates/404.html"
        else "404.html"
        for name in TEMPLATES
    },
}
ROWS = {
    "tag/**": False,
    "tag/beta.html": True,
    "author/*": {"history": False},
    "drafts/**": False,
    "2024/**": {"closeButton": True},
    "index2.html": {"openIn": "_self"},
}
EXPECTED = {
    "one.html": record(openIn="_blank"),
    "one-de.html": record("de"),
    "two.html": record(),
    "off.html": None,
    "hidden.html": record(),
    "drafts/draft.html": None,
    "drafts/pages/draft-page.html": None,
    "pages/about.html": record(launcher={"show": False}),
    "pages/about-de.html": record("de"),
    "pages/hidden-page.html": record(),
    "bare": record(),
    "static/raw.html": None,
    "index.html": record(),
    "index2.html": record(openIn="_self"),
    "archives.html": record(),
    "authors.html": record(),
    "categories.html": record(),
    "tags.html": record(),
    "author/somebody.html": record(history=False),
    "author/other.html": record(history=False),
    "category/news.html": record(),
    "category/rest.html": record(),
    "tag/alpha.html": None,
    "tag/beta.html": record(),
    "2023/index.html": record(),
    "2023/01/index.html": record(),
    "2024/index.html": record(closeButton=True),
    "2024/05/index.html": record(closeButton=True),
    "404.html": record(),
    "extra/extra.html": record(),
    "extra/fragment.html": None,
    "extra/empty.html": None,
}


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_every_page_that_pelican_writes_has_its_chat_and_nothing_else_is_touched(project, theme):
    project.write(CONTENT | TEMPLATES)
    kinds = KINDS | {"THEME": theme}
    project.settings(**kinds, CHAPORT={"appId": APP_ID, "pages": ROWS})
    with_chat = project.build_quietly()
    assert project.records() == EXPECTED
    assert read_scripts(project.folder / "out") == {(loader_script(),)}
    project.settings(**kinds, PLUGINS=[])
    untouched = project.build_quietly()
    assert without_chat(with_chat) == untouched
    assert {name for name in untouched if name.startswith("feeds/")} == {
        f"feeds/{name}.xml"
        for name in (
            "all.atom",
            "all.rss",
            "all-de.atom",
            "all-en.atom",
            "news.atom",
            "rest.atom",
        )
    }


def test_the_preview_widget_is_found_from_every_page_with_relative_addresses(project):
    project.write({"content/pages/a.md": "Title: A\n\nText.\n", **TEMPLATES})
    project.settings(
        RELATIVE_URLS=True,
        TEMPLATE_PAGES={"../templates/404.html": "404.html"},
        DIRECT_TEMPLATES=["index"],
        CHAPORT={"appId": APP_ID, "widget": "preview"},
    )
    files = project.build_quietly()
    (name,) = (name for name in files if "chaport" in name)
    path = SETTINGS["SITEURL"].removeprefix("https://example.org")
    addresses = {
        "index.html": name,
        "pages/a.html": f"../{name}",
        "404.html": f"{path}/{name}",
    }
    found = {
        page: next(part for part in content.decode().split("'") if part.endswith(name))
        for page, content in files.items()
        if page.endswith(".html")
    }
    assert found == addresses
