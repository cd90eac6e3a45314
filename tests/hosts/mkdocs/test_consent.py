"""Holds the entry that Material's consent dialog gets for chat: there, and never ticked."""

import re

import pytest
import yaml
from tests.far_end.addresses import APP_ID
from tests.hosts.mkdocs.conftest import is_installed

pytestmark = pytest.mark.skipif(not is_installed("mkdocs-material"), reason="needs Material")
DIALOG = {"title": "Cookies", "description": "May we?"}


def build(project, dialog, *flags, plugins=(), **options):
    configuration = {
        "site_name": "A site",
        "site_url": "https://example.org/",
        "theme": {"name": "material", "font": False},
        "plugins": [
            "search",
            *plugins,
            {"chaport": {"appId": APP_ID, "consent": "material", **options}},
        ],
    }
    if dialog is not None:
        configuration["extra"] = {"consent": dialog}
    project.write({"mkdocs.yml": yaml.safe_dump(configuration), "docs/index.md": "# Home\n"})
    return project.build(*flags)


def entries(html):
    """The checkboxes of a page's dialog: name, whether ticked, label."""
    entry = r'<input type="checkbox" name="(\w+)"([^>]*)>\s*<span[^>]*></span>\s*(.*?)\s*</label>'
    return [(name, "checked" in rest, label) for name, rest, label in re.findall(entry, html)]


UNTICKED = [
    {},
    {"cookies": None},
    {"cookies": {}},
    {"cookies": {"chaport": None}},
    {"cookies": {"chaport": {"name": "Chaport"}}},
]


@pytest.mark.parametrize("dialog", UNTICKED)
def test_the_dialog_has_an_unticked_entry(project, dialog):
    built = build(project, DIALOG | dialog, "--strict")
    assert built.code == 0, built.console
    for name in ("index.html", "404.html"):
        assert entries(project.files()[name].decode()) == [("chaport", False, "Chaport")]


def test_the_authors_own_entries_stay(project):
    cookies = {"video": "Films", "chaport": {"name": "Live chat", "checked": False}}
    assert build(project, DIALOG | {"cookies": cookies}, "--strict").code == 0
    assert entries(project.files()["index.html"].decode()) == [
        ("chaport", False, "Live chat"),
        ("video", True, "Films"),
    ]


TICKED = (
    "consent: extra.consent.cookies.chaport: would be ticked before a reader has said anything,"
    " which is no consent, so it is not; write chaport: {name: ..., checked: false}"
)


@pytest.mark.parametrize(
    ("entry", "warnings"),
    [("Live chat", []), ({"name": "Live chat", "checked": True}, [TICKED])],
)
def test_an_entry_is_never_ticked(project, entry, warnings):
    built = build(project, DIALOG | {"cookies": {"chaport": entry}})
    assert (built.code, project.warnings(built)) == (0, warnings)
    assert TICKED in built.console
    assert entries(project.files()["index.html"].decode()) == [("chaport", False, "Live chat")]


def test_without_a_dialog_chat_would_never_load(project):
    built = build(project, None)
    assert project.warnings(built) == [
        "consent: material waits for the answer to Material's consent dialog, and extra.consent is"
        " not in mkdocs.yml, so no page will ever load chat; set it, or choose another consent"
    ]


def test_other_kinds_of_consent_leave_the_dialog_alone(project):
    assert build(project, DIALOG, "--strict", consent="manual").code == 0
    assert entries(project.files()["index.html"].decode()) == []


@pytest.mark.skipif(not is_installed("mkdocs-static-i18n"), reason="needs mkdocs-static-i18n")
def test_every_language_of_a_site_has_one_entry(project):
    languages = [
        {"locale": "en", "name": "English", "default": True},
        {"locale": "de", "name": "Deutsch"},
    ]
    plugins = [{"i18n": {"languages": languages, "reconfigure_material": True}}]
    built = build(project, DIALOG | {"cookies": {"chaport": "Chat"}}, plugins=plugins)
    assert built.code == 0, built.console
    for name in ("index.html", "de/index.html"):
        assert entries(project.files()[name].decode()) == [("chaport", False, "Chat")]
    assert project.warnings(built) == []
