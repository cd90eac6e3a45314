"""The settings that the documentation shows mean what is said of them."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.docs.examples import chaport_entry, examples, load_yaml, split_front_matter, the_example
from tests.docs.test_examples import check_command, settings_of
from tests.far_end.addresses import APP_ID

from chaport_core.settings.front_matter import read_front_matter


def entry_of(page: str, heading: str) -> dict[str, Any]:
    entry = chaport_entry(the_example(page=page, heading=heading, title="mkdocs.yml"))
    assert entry is not None
    return entry


def test_the_rows_mean_what_is_said() -> None:
    shown = entry_of("how-to/pages.md", "Turn it off for a section")
    readme = [chaport_entry(one.text) for one in examples(page="README.md", language="yaml")[:2]]
    assert shown == readme[1]
    settings = settings_of(shown)

    def resolved(source: str) -> tuple[bool, dict[str, Any]]:
        config = settings.resolve(settings.rows.matching(source, source), None)
        return config.enabled, config.chaport_config

    common = {
        "appId": APP_ID,
        "appearance": {"position": ["right", 20, 40]},
        "language": {"source": "html"},
    }
    assert {source: resolved(source) for source in ("a.md", "api/a.md", "legal/a.md")} == {
        "a.md": (True, common),
        "api/a.md": (True, {**common, "launcher": {"show": False}}),
        "legal/a.md": (False, common),
    }
    assert resolved("legal/contact.md") == (True, common)


@pytest.mark.parametrize(
    ("where", "heading", "paths", "on"),
    [
        (
            "how-to/pages.md",
            "Allow a few sections only",
            ["index.md", "guide/a.md", "support/a.md"],
            ["support/a.md"],
        ),
        (
            "tutorial/any-generator.md",
            "4. Turn it off on one page",
            ["index.html", "terms/index.html", "contact/index.html"],
            ["index.html", "contact/index.html"],
        ),
    ],
)
def test_rows_choose_the_pages_that_are_said(
    where: str, heading: str, paths: list[str], on: list[str]
) -> None:
    example = examples(page=where, heading=heading, language="yaml")[0]
    options = chaport_entry(example.text) or yaml.safe_load(example.text)
    settings = settings_of(options)
    assert [
        path for path in paths if settings.resolve(settings.rows.matching(path, path), None).enabled
    ] == on


def team_names(options: dict[str, Any], *paths: str) -> list[str | None]:
    settings = settings_of(options)
    return [
        settings.resolve(settings.rows.matching(path, path), None)
        .chaport_config.get("appearance", {})
        .get("teamName")
        for path in paths
    ]


def test_each_language_has_a_name_of_its_own() -> None:
    heading = "A name and a welcome for each language"
    of_mkdocs = entry_of("how-to/languages.md", heading)
    names = team_names(of_mkdocs, "index.html", "de/a/index.html", "fr/index.html", "a/de/b.html")
    assert names == ["Support", "Kundendienst", "Assistance", "Support"]
    of_pelican: dict[str, Any] = {}
    exec(the_example(page="how-to/languages.md", language="python"), of_pelican)
    assert team_names(of_pelican["CHAPORT"], "a.html", "a-de.html", "pages/b-de.html") == [
        None,
        "Kundendienst",
        "Kundendienst",
    ]


def test_front_matter_is_read_in_every_spelling() -> None:
    nested, as_json, flat, off = examples(page="reference/settings.md", heading="Front matter")
    assert read_front_matter(split_front_matter(nested.text)[0])[0] == {
        "launcher": {"show": False},
        "openIn": {"selector": "#chat"},
    }
    lines = [
        dict(line.split(": ", 1) for line in one.text.lower().splitlines())
        for one in (as_json, flat, off)
    ]
    assert read_front_matter({"chaport": '{"openIn": "_blank"}'})[0] == {"openIn": "_blank"}
    assert [read_front_matter(one)[0] for one in lines[1:]] == [
        {"launcher": {"show": False}, "openIn": {"selector": "#chat"}},
        {"enabled": False},
    ]


@pytest.mark.parametrize("where", [one.page for one in examples(title="publishconf.py")])
def test_the_settings_files_of_pelican_show_the_preview_at_home_only(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = examples(page=where, title="pelicanconf.py")[-1].text
    (tmp_path / "pelicanconf.py").write_text(home, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "pelicanconf", raising=False)
    found = {}
    for name, text in (
        ("home", home),
        ("publish", the_example(page=where, title="publishconf.py")),
    ):
        settings: dict[str, Any] = {}
        exec(compile(text, name, "exec"), settings)
        found[name] = settings_of(settings["CHAPORT"]).shows_preview(serving=False)
    assert found == {"home": True, "publish": False}


def test_the_consent_example_is_a_dialog_entry_that_is_not_ticked() -> None:
    text = the_example(
        page="how-to/consent.md", heading="Material's own dialog", title="mkdocs.yml"
    )
    entry = load_yaml(text)["extra"]["consent"]["cookies"]
    assert entry == {"chaport": {"name": "Live chat", "checked": False}}


# ---- Previews of pull requests ---------------------------------------------------------------


def widget_of_the_environment(environment: dict[str, str], monkeypatch: Any) -> str:
    monkeypatch.delenv("CHAPORT_WIDGET", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return str(entry_of("how-to/previews.md", "In previews of pull requests")["widget"])


def test_netlify_previews_get_the_preview_widget(monkeypatch: pytest.MonkeyPatch) -> None:
    netlify = tomllib.loads(the_example(title="netlify.toml"))
    preview = netlify["context"]["deploy-preview"]["environment"]
    assert netlify["build"] == {"command": "mkdocs build", "publish": "site"}
    assert widget_of_the_environment(preview, monkeypatch) == "preview"
    assert widget_of_the_environment({}, monkeypatch) == "auto"


@pytest.mark.parametrize(("version_type", "widget"), [("external", "preview"), ("branch", "auto")])
def test_read_the_docs_previews_get_the_preview_widget(
    version_type: str, widget: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install, command = load_yaml(the_example(title=".readthedocs.yaml"))["build"]["commands"]
    check_command(*install.split())
    # In place of MkDocs: what it was called with, and what it found in the environment.
    tool = tmp_path / "mkdocs"
    tool.write_text('#!/bin/sh\necho "$*"\necho "$CHAPORT_WIDGET"\n', encoding="utf-8")
    tool.chmod(0o755)
    environment = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "READTHEDOCS_VERSION_TYPE": version_type,
        "READTHEDOCS_OUTPUT": "out",
    }
    done = subprocess.run(
        ["sh", "-c", command], env=environment, capture_output=True, text=True, check=True
    )
    called, found = done.stdout.splitlines()
    assert called == "build --site-dir out/html"
    assert widget_of_the_environment({"CHAPORT_WIDGET": found} if found else {}, monkeypatch) == (
        widget
    )
