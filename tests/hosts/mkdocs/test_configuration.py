"""Holds the plugin's entry in mkdocs.yml: every way to write it, and what mistakes in it say."""

import pytest
from tests.far_end.addresses import APP_ID

PLAIN = {"appId": APP_ID, "language": {"source": "html"}}
SITE = "site_name: A site\nsite_url: https://example.org/\ntheme: {name: mkdocs, locale: en}\n"
REFUSED = "ERROR   -  Config value 'plugins': Plugin 'chaport' option "
ABORTED = "\n\nAborted with a configuration error!\n"


def records(config):
    """The records of a site of one page."""
    record = {"config": config, "v": "1", "lang": "en"}
    return {"index.html": record, "404.html": record}


def test_plugins_may_be_a_mapping(project):
    plugins = f"plugins:\n  search: {{}}\n  chaport: {{appId: {APP_ID}, history: false}}\n"
    project.write({"docs/index.md": "# Home\n", "mkdocs.yml": SITE + plugins})
    assert project.build("--strict").code == 0
    assert project.records() == records(PLAIN | {"history": False})


def test_options_are_inherited_key_by_key(project):
    base = (
        f"plugins:\n  chaport:\n    appId: {APP_ID}\n    pages: {{'a/**': false}}\n"
        "    appearance: {teamName: Docs}\n"
    )
    child = "INHERIT: base.yml\nplugins:\n  chaport:\n    appearance: {position: [left]}\n"
    project.write(
        {"docs/index.md": "# Home\n", "docs/a/b.md": "# B\n", "base.yml": SITE + base}
        | {"mkdocs.yml": child}
    )
    assert project.build("--strict").code == 0
    merged = PLAIN | {"appearance": {"teamName": "Docs", "position": ["left"]}}
    assert project.records() == records(merged) | {"a/b/index.html": None}


def test_an_app_id_from_the_environment_is_taken(project, monkeypatch):
    monkeypatch.setenv("CHAPORT_APP_ID", APP_ID)
    plugins = "plugins:\n  - chaport: {appId: !ENV CHAPORT_APP_ID, enabled: !ENV [CHAT, true]}\n"
    project.write({"docs/index.md": "# Home\n", "mkdocs.yml": SITE + plugins})
    assert project.build("--strict").code == 0
    assert project.records() == records(PLAIN)


def test_an_app_id_that_yaml_turned_into_a_number_is_refused_with_the_way_to_quote_it(
    project, monkeypatch
):
    monkeypatch.setenv("CHAPORT_APP_ID", "512345678901234567890123")
    plugins = "plugins:\n  - chaport: {appId: !ENV CHAPORT_APP_ID}\n"
    project.write({"docs/index.md": "# Home\n", "mkdocs.yml": SITE + plugins})
    built = project.build()
    assert project.complaint(built) == (
        f"{REFUSED}'appId': expected 24 hexadecimal digits (0-9, a-f), found the number"
        " 512345678901234567890123; YAML turned it into a number, so put it in quotes:"
        " appId: '…'; the value of a variable read with !ENV needs quotes inside it:"
        f" CHAPORT_APP_ID='\"…\"'{ABORTED}"
    )


def test_an_app_id_quoted_as_its_refusal_says_is_taken(project, monkeypatch):
    monkeypatch.setenv("CHAPORT_APP_ID", '"512345678901234567890123"')
    plugins = "plugins:\n  - chaport: {appId: !ENV CHAPORT_APP_ID}\n"
    project.write({"docs/index.md": "# Home\n", "mkdocs.yml": SITE + plugins})
    assert project.build().code == 0
    assert project.records() == records(PLAIN | {"appId": "512345678901234567890123"})


@pytest.mark.parametrize("entry", ["chaport", "chaport: {}", "chaport: {enabled: false}"])
def test_without_an_app_id_the_build_stops(project, entry):
    plugins = f"plugins:\n  - {entry}\n"
    project.write({"docs/index.md": "# Home\n", "mkdocs.yml": SITE + plugins})
    built = project.build()
    assert project.complaint(built) == (
        f"{REFUSED}'appId': is missing; copy it from Settings → Installation code in Chaport"
        f" (to build without chat, leave the plugin out){ABORTED}"
    )
    assert built.code == 1
    assert not built.folder.exists()


def test_the_whole_console_of_a_build_with_several_mistakes(project):
    plugins = (
        "plugins:\n"
        "  - search\n"
        "  - chaport:\n"
        "      appId: 5f1e2d3c4b5a69788796a5b4\n"
        "      lancher: {show: false}\n"
        "      enabled: sometimes\n"
        "      appearance: {position: [top]}\n"
        "      devices: {mobile: {history: false}}\n"
        "      visitor: {email: jo@example.org}\n"
    )
    project.write({"docs/index.md": "# Home\n", "mkdocs.yml": SITE + plugins})
    built = project.build()
    lines = [
        "ERROR   -  Config value 'plugins': Plugin 'chaport' option 'visitor.email': would be the"
        " same for every reader of the page; call setVisitorData() in the site's own script once"
        " you know who is reading (visitor.custom may stay here); remove it",
        "Plugin 'chaport' option 'appearance.position[0]': expected one of left, right, found the"
        " text 'top'",
        "Plugin 'chaport' option 'devices.mobile': options of one device stand under configs:"
        " write devices.configs.mobile",
        "Plugin 'chaport' option 'enabled': expected true or false, found the text 'sometimes'",
        "Plugin 'chaport' option 'lancher': is not an option here; did you mean launcher?",
        "",
        "Aborted with a configuration error!",
    ]
    assert built.console.splitlines() == lines
    assert built.code == 1
    assert not built.folder.exists()


def test_a_misspelt_app_id_is_one_problem(project):
    plugins = f"plugins:\n  - chaport: {{app_id: {APP_ID}}}\n"
    project.write({"docs/index.md": "# Home\n", "mkdocs.yml": SITE + plugins})
    assert project.complaint(project.build()) == (
        f"{REFUSED}'app_id': is not an option here; did you mean appId?{ABORTED}"
    )


def test_what_the_widget_would_ignore_is_a_warning_and_fatal_in_strict_mode(project):
    plugins = (
        f"plugins:\n  - chaport:\n      appId: {APP_ID}\n"
        "      countries: {include: [DE], exclude: [US]}\n"
    )
    project.write({"docs/index.md": "# Home\n", "mkdocs.yml": SITE + plugins})
    warning = (
        "Config value 'plugins': Plugin 'chaport' option 'countries.include': is ignored by the"
        " widget because exclude is set beside it; keep one of the two"
    )
    built = project.build()
    assert project.warnings(built) == [warning]
    assert project.records() == records(
        PLAIN | {"countries": {"include": ["DE"], "exclude": ["US"]}}
    )
    assert built.code == 0
    strict = project.build("--strict")
    assert strict.code == 1
    assert "Aborted with 1" in strict.console


def test_a_template_page_that_is_no_error_page_finds_the_preview_below_any_folder(project):
    """Previews are often served below another path than the published site."""
    configuration = (
        "site_name: A site\nsite_url: https://example.org/en/latest/\n"
        "theme: readthedocs\nextra_templates: [deep/map.html]\n"
        f"plugins:\n  - search\n  - chaport: {{appId: {APP_ID}, widget: preview}}\n"
    )
    template = "<!doctype html><html><head></head><body></body></html>"
    project.write(
        {"docs/index.md": "# Home\n", "docs/deep/map.html": template, "mkdocs.yml": configuration}
    )
    assert project.build().code == 0
    files = project.files()
    (name,) = (name for name in files if "chaport-preview" in name)
    addresses = {"404.html": f"/en/latest/{name}"}
    addresses |= {"search.html": name, "index.html": name, "deep/map.html": f"../{name}"}
    found = {
        page: next(part for part in files[page].decode().split("'") if part.endswith(name))
        for page in addresses
    }
    assert found == addresses


SALT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("option", "place"),
    [
        ("session: {user: {id: a, token: !ENV CHAT_SECRET}}", "session.user"),
        ("visitor: {custom: {plan: !ENV CHAT_SECRET}}", "visitor.custom.plan"),
        ("unchecked: {newOption: {key: !ENV CHAT_SECRET}}", "unchecked.newOption.key"),
        ("pages: {'a/**': {visitorIntegrityHash: !ENV CHAT_SECRET}}", "visitorIntegrityHash"),
    ],
)
def test_a_secret_from_the_environment_stops_the_build_and_is_not_repeated(
    project, monkeypatch, option, place
):
    monkeypatch.setenv("CHAT_SECRET", SALT)
    plugins = f"plugins:\n  - chaport: {{appId: {APP_ID}, {option}}}\n"
    project.write({"docs/index.md": "# Home\n", "mkdocs.yml": SITE + plugins})
    built = project.build()
    assert built.code == 1
    assert f"{place}'" in built.console
    assert SALT not in built.console
    assert project.records() == {}
