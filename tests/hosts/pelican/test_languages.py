"""Holds the languages of Pelican sites: translations, careless themes, i18n_subsites."""

import re

import pytest
from tests.contract.pelican_host import Pelican
from tests.contract.written_site import read_scripts
from tests.far_end.addresses import APP_ID
from tests.hosts.pelican.conftest import CHAPORT, messages, record

from chaport_core.page.scripts import loader_script, preview_widget

OTHER_ID = "0123456789abcdef01234567"
TEMPLATE = """\
<!DOCTYPE html>
<html lang="{{ DEFAULT_LANG }}">
<head><title>{{ SITENAME }}</title></head>
<body>{{ (article or page).content if article or page else '' }}</body>
</html>
"""
CARELESS_THEME = {f"theme/templates/{kind}.html": TEMPLATE for kind in ("article", "page", "index")}
LISTINGS = {"DIRECT_TEMPLATES": ["index"], "CATEGORY_SAVE_AS": "", "AUTHOR_SAVE_AS": ""}
ARTICLE = "Title: {title}\nDate: 2024-01-02\nSlug: {slug}\n{more}\n\nText.\n"


def test_a_theme_that_writes_the_site_s_language_on_translations_is_put_right(project):
    project.write(
        CARELESS_THEME
        | {
            "theme/static/style.css": "",
            "content/a.md": ARTICLE.format(title="A", slug="a", more=""),
            "content/a-de.md": ARTICLE.format(title="A", slug="a", more="Lang: de_AT"),
            "content/a-fil.md": ARTICLE.format(title="A", slug="a", more="Lang: fil"),
            "content/b-de.md": ARTICLE.format(
                title="B", slug="b", more="Lang: de\nchaport_language: fr"
            ),
            "content/pages/c-fr.md": "Title: C\nLang: FR\n\nText.\n",
        }
    )
    project.settings(THEME="theme", **LISTINGS, CHAPORT={"appId": APP_ID})
    built = project.build("-v")
    assert project.records() == {
        "index.html": record(),
        "a.html": record(),
        "a-de_AT.html": record("de_AT", {"use": "de"}),
        "a-fil.html": record("fil"),
        "b-de.html": record("de", {"use": "fr"}),
        "pages/c-FR.html": record("FR", {"use": "fr"}),
    }
    put_right = "(the page's, which <html lang> does not say)"
    assert sorted(Pelican().origins(built.console)) == [
        f'a-de.md: chat; language.use: "de" {put_right}',
        "a-fil.md: chat",
        "a-fil.md: is in 'fil', which <html lang> does not say, and the widget takes 2-letter"
        " codes only; to choose its language set language: {use: ...}",
        "a.md: chat",
        'b-de.md: chat; language.use: "fr" (front matter)',
        f'every page: appId: "{APP_ID}" (site)',
        "index.html: chat",
        f'pages/c-fr.md: chat; language.use: "fr" {put_right}',
    ]


SUBSITES = {
    "content/a.md": ARTICLE.format(title="A", slug="a", more="Lang: en"),
    "content/a-de.md": ARTICLE.format(title="A de", slug="a", more="Lang: de"),
    "content/a-fr.md": ARTICLE.format(title="A fr", slug="a", more="Lang: fr\nchaport: false"),
}
PLUGINS = (["chaport", "i18n_subsites"], ["i18n_subsites", "chaport"])


def subsites(german):
    """Settings of a site whose German part has a CHAPORT of its own."""
    return {
        **LISTINGS,
        "I18N_SUBSITES": {"de": {"CHAPORT": german}, "fr": {}},
        "CHAPORT": {"appId": APP_ID},
    }


def test_each_subsite_has_its_own_chat_in_its_own_language(project):
    project.write(SUBSITES)
    project.settings(PLUGINS=PLUGINS[0], **subsites({"appId": OTHER_ID, "history": False}))
    project.build_quietly()
    german = record("de", history=False)
    german["config"]["appId"] = OTHER_ID
    assert project.records() == {
        "index.html": record(),
        "a.html": record(),
        "de/index.html": german,
        "de/a.html": german,
        "fr/index.html": record("fr"),
        "fr/a.html": None,
    }
    assert read_scripts(project.folder / "out") == {(loader_script(),)}


@pytest.mark.parametrize("plugins", PLUGINS, ids=["before i18n", "after i18n"])
def test_each_subsite_s_run_ends_with_a_line_of_its_own(project, plugins):
    project.write(SUBSITES | {"content/b.md": ARTICLE.format(title="B", slug="b", more="Lang: en")})
    project.settings(PLUGINS=plugins, I18N_UNTRANSLATED_ARTICLES="remove", **subsites(CHAPORT))
    # A run begins within another: German in French, French in the site's own.
    lines = Pelican().summaries(project.build().console)
    assert lines == ["chat on 2 pages", "chat on 1 page, off on 1", "chat on 3 pages"]


def test_a_subsite_that_shows_the_preview_ships_it(project):
    project.write(SUBSITES)
    project.settings(PLUGINS=PLUGINS[1], **subsites({"appId": OTHER_ID, "widget": "preview"}))
    files = project.build_quietly()
    name, text = preview_widget()
    shipped = {path: content for path, content in files.items() if "chaport" in path}
    assert shipped == {f"de/{name}": text.encode()}
    addresses = {path: re.findall(rb"[^']*chaport-preview[^']*", files[path]) for path in files}
    assert {path: found for path, found in addresses.items() if found and path not in shipped} == {
        "de/index.html": [name.encode()],
        "de/a.html": [name.encode()],
    }


def test_a_subsite_s_mistakes_stop_the_run_before_any_page_is_written(project):
    project.write(SUBSITES)
    settings = subsites({})
    settings["I18N_SUBSITES"] = {"fr": {}, "de": {"CHAPORT": {"appId": APP_ID, "lancher": 1}}}
    project.settings(PLUGINS=PLUGINS[0], **settings)
    built = project.build()
    assert [(message.level, message.text) for message in messages(built)] == [
        (
            "CRITICAL",
            "Chaport: the setting CHAPORT has mistakes:\n"
            "  - lancher: is not an option here; did you mean launcher?",
        )
    ]
    assert built.code == 1
    assert not built.folder.exists()
