"""Holds mkdocs-static-i18n: each language's pages, each built with chat exactly once."""

import re

import pytest
from tests.contract.written_site import read_scripts, without_chat
from tests.far_end.addresses import APP_ID
from tests.hosts.mkdocs.conftest import is_installed

from chaport_core.page.scripts import loader_script, preview_widget

pytestmark = pytest.mark.skipif(
    not is_installed("mkdocs-static-i18n"), reason="needs mkdocs-static-i18n"
)
DOCS = {
    "docs/index.md": "# Home\n",
    "docs/index.fr.md": "---\nchaport: {history: false}\n---\n# Accueil\n",
    "docs/index.LOCALE.md": "# Casa\n",
    "docs/help.LOCALE.md": "# Ajuda\n",
    "docs/legal/terms.LOCALE.md": "# Termos\n",
    "docs/legal/terms.md": "# Terms\n",
    "docs/legal/terms.fr.md": "# Conditions\n",
    "docs/help.md": "# Help\n",
    "docs/help.fr.md": "---\nchaport: {language: {use: de}}\n---\n# Aide\n",
}
CONFIGURATION = """\
site_name: A site
site_url: https://example.org/
theme: {{name: {theme}}}
plugins:
{chat}  - i18n:
      fallback_to_default: true
      languages:
        - {{locale: en, default: true, name: English}}
        - {{locale: fr, name: Français}}
        - {{locale: {locale}, name: Português}}
"""
CHAT = "  - chaport: {{appId: {}, pages: {{'**/legal/**': false}}{}}}\n"


def record(lang, language=None, **own):
    language = language or {"source": "html"}
    return {
        "config": {"appId": APP_ID, "language": language, **own},
        "v": "1",
        "lang": lang,
    }


def project_files(theme, chat, locale="pt_BR"):
    """The sources of a site in English, French and Brazilian Portuguese."""
    docs = {name.replace("LOCALE", locale): text for name, text in DOCS.items()}
    return docs | {"mkdocs.yml": CONFIGURATION.format(theme=theme, chat=chat, locale=locale)}


def expected(locale, brazilian):
    """`brazilian`: how the widget learns the language from what the theme makes of `locale`."""
    return {
        "index.html": record("en"),
        "help/index.html": record("en"),
        "legal/terms/index.html": None,
        "fr/index.html": record("fr", history=False),
        "fr/help/index.html": record("fr", {"use": "de"}),
        "fr/legal/terms/index.html": None,
        f"{locale}/index.html": record(locale, brazilian),
        f"{locale}/help/index.html": record(locale, brazilian),
        f"{locale}/legal/terms/index.html": None,
    }


@pytest.mark.parametrize(
    ("theme", "locale", "brazilian"),
    [
        pytest.param(
            "material",
            "pt-BR",
            {"source": "html"},
            marks=pytest.mark.skipif(
                not is_installed("mkdocs-material"), reason="needs Material for MkDocs"
            ),
        ),
        # Writes pt_BR, which is no language tag.
        ("mkdocs", "pt_BR", {"use": "pt"}),
    ],
)
def test_each_language_s_pages_carry_chat_once_in_that_language(project, theme, locale, brazilian):
    def files(chat):
        project.write(project_files(theme, chat, locale))
        assert project.build().code == 0
        return project.files()

    untouched, with_chat = files(""), files(CHAT.format(APP_ID, ""))
    assert without_chat(with_chat) == untouched
    records = project.records()
    # The language that is built last writes it.
    not_found = records.pop("404.html")
    assert not_found["config"]["appId"] == APP_ID
    assert records == expected(locale, brazilian)
    assert read_scripts(project.folder / "out") == {(loader_script(),)}


def test_the_page_for_a_wrong_address_says_the_language_it_is_written_in(project):
    theme = "material" if is_installed("mkdocs-material") else "mkdocs"
    chat = CHAT.format(APP_ID, "")
    project.write(project_files(f"{theme}, language: en", chat, "de"))
    assert project.build().code == 0
    page = project.files()["404.html"].decode()
    lang = "de" if '<html lang="de"' in page else "other"
    assert project.records()["404.html"] == record(lang)


def test_an_untranslated_page_speaks_the_language_of_its_site(project):
    """The theme around the text, the reader's choice and `<html lang>` are French there."""
    project.write(project_files("mkdocs", CHAT.format(APP_ID, "")))
    (project.folder / "docs" / "help.fr.md").unlink()
    assert project.build().code == 0
    found = project.records()
    assert (found["fr/index.html"]["lang"], found["fr/help/index.html"]) == ("fr", record("fr"))


def test_the_preview_widget_is_shipped_once_for_all_languages(project):
    name, text = preview_widget()
    chat = CHAT.format(APP_ID, ", widget: preview")
    project.write(project_files("mkdocs", chat))
    assert project.build().code == 0
    files = project.files()
    shipped = {path: content for path, content in files.items() if "chaport" in path}
    assert shipped == {name: text.encode()}
    depths = {path: path.count("/") for path in files if path.endswith(".html")}
    del depths["404.html"]
    missing = [
        path
        for path, depth in depths.items()
        if "legal" not in path and f"'{'../' * depth}{name}'".encode() not in files[path]
    ]
    assert missing == []


@pytest.mark.parametrize("is_first", [True, False], ids=["before i18n", "after i18n"])
def test_each_language_s_build_ends_with_a_line_of_its_own(project, is_first):
    files = project_files("mkdocs", CHAT.format(APP_ID, "") if is_first else "")
    if not is_first:
        files["mkdocs.yml"] += CHAT.format(APP_ID, "")
    files["docs/index.fr.md"] = "---\nchaport: false\n---\n# Accueil\n"
    project.write(files)
    built = project.build()
    assert built.code == 0
    lines = re.findall(r"^INFO +-  \w+: (Building '\w+'|chat on .*)", built.console, re.M)
    assert lines == [
        "Building 'en'",
        "chat on 3 pages, off on 1",
        "Building 'fr'",
        "chat on 2 pages, off on 2",
        "Building 'pt_BR'",
        "chat on 3 pages, off on 1",
    ]


def test_a_secret_in_a_translation_stops_the_build_before_a_page_with_it_is_written(project):
    """The languages before it are built and written first: their pages hold none."""
    secret = "---\nchaport: {visitor: {email: a@b.c}}\n---\n# X\n"
    project.write(project_files("mkdocs", CHAT.format(APP_ID, "")) | {"docs/help.fr.md": secret})
    built = project.build()
    assert built.code == 1
    assert "  - help.fr.md: chaport.visitor.email: would be the same" in built.console
    files = project.files()
    assert not [name for name in files if name.startswith("fr/") and name.endswith(".html")]
    assert not [name for name, content in files.items() if b"a@b.c" in content]
