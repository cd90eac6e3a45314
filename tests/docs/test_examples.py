"""Every example of the README and of the documentation does what is said of it."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from hashlib import sha1
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from tests.docs.examples import (
    APP_ID,
    EXAMPLES,
    FENCE,
    ROOT,
    Example,
    all_pages,
    chaport_entry,
    commands_of,
    examples,
    load_yaml,
    page_text,
    split_front_matter,
    the_example,
)

from chaport_apply.page_settings import read_page_settings
from chaport_core.calls import read_address
from chaport_core.cli import main
from chaport_core.frontmatter import read_front_matter
from chaport_core.links import rewrite_links
from chaport_core.page import Chat, Page
from chaport_core.schema import schema_text
from chaport_core.settings import SiteSettings, read_settings

BLANK_PAGE = "<!doctype html><html lang=en><head></head><body></body></html>"


def settings_of(options: dict[str, Any]) -> SiteSettings:
    """A site's settings, which have to be without a problem."""
    settings, problems = read_settings(options)
    assert problems == []
    assert settings is not None
    return settings


# ---- Every example, by its kind --------------------------------------------------------------


def check_entry(example: Example) -> None:
    """`mkdocs.yml`; tests/hosts/mkdocs/test_documentation.py builds a site with each."""
    entry = chaport_entry(example.text)
    assert entry is not None
    settings_of(entry)


def check_site_file(example: Example) -> None:
    """`chaport.yml`."""
    settings_of(yaml.safe_load(example.text))


def check_front_matter(example: Example) -> None:
    """A page's YAML front matter, alone or with its text."""
    metadata, body = split_front_matter(example.text)
    assert "chaport" in metadata or body
    assert read_front_matter(metadata)[1] == []
    check_links(example)


def check_folder_file(example: Example) -> None:
    """Material's `.meta.yml`."""
    assert read_front_matter(yaml.safe_load(example.text)) == ({"enabled": False}, [])


def check_metadata(example: Example) -> None:
    """A page of Pelican's, as its readers give it: keys in small letters, values as text."""
    head = example.text.partition("\n\n")[0]
    lines = [line.split(": ", 1) for line in head.splitlines()]
    metadata = {key.lower(): value for key, value in lines}
    assert next(iter(metadata)) == "title"
    assert read_front_matter(metadata)[1] == []
    check_links(example)


def check_links(example: Example) -> None:
    """Chat links in any markup; what is no link has none."""
    addresses = re.findall(r"""(?:\(|<|href=")(chaport:[^)>"\s]+)""", example.text)
    assert [read_address(address)[1] for address in addresses] == [[]] * len(addresses)
    links = rewrite_links(example.text, None)
    assert links.problems == []
    assert addresses or links.calls or example.language == "html" or example.title


def check_html(example: Example) -> None:
    """A piece of a page: chat links, or what `chaport apply` reads."""
    check_links(example)
    assert read_front_matter(read_page_settings(example.text))[1] == []


def check_rst(example: Example) -> None:
    """A link, or Docutils' directive for `<meta>`, in whose names a colon is escaped."""
    if not example.text.startswith(".. meta::"):
        return check_links(example)
    fields = re.findall(r"^   :([\w:]+): (.*)$", example.text.replace("\\:", ":"), re.M)
    page = "".join(f"<meta name='{name}' content='{text}'>" for name, text in fields)
    settings, problems = read_front_matter(read_page_settings(page))
    assert settings in ({"launcher": {"show": False}}, {"openIn": "_blank"})
    assert problems == []


def check_html_page(example: Example) -> None:
    """A whole page of HTML, which takes chat without a remark."""
    html, problems = Chat(settings_of({"appId": APP_ID}), ship=lambda _: None).add_to(
        example.text, Page(Path(example.title).name)
    )
    assert problems == []
    assert 'meta name="chaport"' in html


def check_commands(example: Example) -> None:
    """Commands that are there, with the options they have."""
    for command in commands_of(example.text):
        check_command(*command.partition(" > ")[0].split())


def check_command(name: str, *arguments: str) -> None:
    if name == "chaport":
        check_own_command(*arguments)
    elif name == "make":
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert re.search(rf"^{arguments[0]}:", makefile, re.M)
    elif name == "pip":
        check_requirement(arguments[-1].strip('"'))
    elif name == "python":
        assert arguments[0] == "-m"
        assert find_spec(arguments[1])
    else:
        # tests/hosts run them.
        assert name in ("mkdocs", "pelican", "cd")


def check_requirement(requirement: str) -> None:
    """`chaport-ssg[extra]`, which a published package has."""
    name, _, extra = requirement.rstrip("]").partition("[")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert name == project["name"]
    assert not extra or extra in project["optional-dependencies"]


def check_own_command(name: str, *arguments: str) -> None:
    command = main.commands[name]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {one for one in arguments if one.startswith("-")} <= known


def check_workflow(example: Example) -> None:
    """What GitHub runs."""
    (job,) = yaml.safe_load(example.text)["jobs"].values()
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert len(commands) == 3
    for command in commands:
        check_command(*command.split())


def check_settings_file(example: Example) -> None:
    """`pelicanconf.py`, complete or but for what the host needs."""
    settings: dict[str, Any] = {}
    exec(compile(example.text, example.title, "exec"), settings)
    settings_of(settings["CHAPORT"])


CHECKS: dict[str, Callable[[Example], None]] = {
    "console": check_commands,
    "html": check_html,
    "html *.html": check_html_page,
    "markdown": check_links,
    "markdown *.md": check_front_matter,
    "python pelicanconf.py": check_settings_file,
    "rst": check_rst,
    "text *.md": check_metadata,
    "yaml *.md": check_front_matter,
    "yaml .meta.yml": check_folder_file,
    "yaml chaport.yml": check_site_file,
    "yaml docs.yml": check_workflow,
    "yaml mkdocs.yml": check_entry,
}
ELSEWHERE = {
    "css": "in a browser: tests/browser/test_recipes.py",
    "jinja *.html": "in real builds: tests/hosts/apply/test_generators.py",
    "js": "in a browser: tests/browser/test_recipes.py, test_consent_managers.py, test_types.py",
    "json settings.json": "below, and in a language server: test_editor.py",
    "python backend.py": "below: it needs a salt",
    "python publishconf.py": "below: it imports the other file",
    "text": "what a build says: below, and in tests/hosts/mkdocs/test_documentation.py",
    "toml netlify.toml": "below: another tool's file",
    "yaml .readthedocs.yaml": "below: another tool's file",
}


def test_every_kind_of_example_is_known() -> None:
    assert {one.kind for one in EXAMPLES} == {*CHECKS, *ELSEWHERE}


def test_no_example_is_overlooked() -> None:
    fences = sum(page_text(page).count("```") for page in all_pages())
    # One fence is named in the text of no page.
    assert fences == 2 * len(EXAMPLES)


@pytest.mark.parametrize(
    "example",
    [one for one in EXAMPLES if one.kind in CHECKS],
    ids=lambda one: one.place,
)
def test_an_example_is_right(example: Example) -> None:
    CHECKS[example.kind](example)


# ---- The README ------------------------------------------------------------------------------


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first = examples(page="README.md")[0].text
    assert commands_of(first) == ["make demo", "make test"]
    assert page_text("README.md").index(first) < 1200


def test_every_file_that_the_readme_names_is_there() -> None:
    text = page_text("README.md")
    named = re.findall(r'\]\(([^):]+)\)|(?:src|srcset)="([^"]+)"', FENCE.sub("", text))
    files = {first or second for first, second in named}
    assert {"SECURITY.md", "sites/docs/docs/assets/preview-dark.webp"} < files
    assert [name for name in sorted(files) if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pictures_are_small(scheme: str) -> None:
    picture = ROOT / "sites" / "docs" / "docs" / "assets" / f"preview-{scheme}.webp"
    assert 10_000 < picture.stat().st_size < 120_000


# ---- Settings --------------------------------------------------------------------------------


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


@pytest.mark.parametrize("where", ["how-to/previews.md", "tutorial/pelican.md"])
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


# ---- What commands and builds say ------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "heading", "options"),
    [
        (
            "how-to/mistakes.md",
            "While building",
            {"launcer": {}, "appearance": {"position": ["top"]}},
        ),
        (
            "tutorial/mkdocs.md",
            "7. Make a mistake",
            {"pages": {"api/**": {"launcer": {"show": False}}}},
        ),
    ],
)
def test_the_problems_that_are_shown_are_told_in_these_words(
    where: str, heading: str, options: dict[str, Any]
) -> None:
    _, problems = read_settings({"appId": APP_ID, **options})
    said = [str(problem).partition(": ") for problem in problems]
    text = the_example(page=where, heading=heading, kind="text")
    assert sorted(text.splitlines()) == sorted(
        f"Plugin 'chaport' option '{place}': {message}" for place, _, message in said
    )


def test_the_policy_is_the_one_that_the_command_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, *output = the_example(
        page="how-to/content-security-policy.md", language="console"
    ).splitlines()
    chaport, *arguments = command.removeprefix("$ ").split()
    chat = Chat(settings_of({"appId": APP_ID}), ship=lambda _: None)
    with_chat, _ = chat.add_to(BLANK_PAGE, Page("index.html"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / arguments[-1]).mkdir()
    (tmp_path / arguments[-1] / "index.html").write_text(with_chat, encoding="utf-8")
    done = CliRunner().invoke(main, arguments)
    assert (chaport, done.exit_code) == ("chaport", 0)
    assert [done.stdout, done.stderr] == [f"{line}\n" for line in output]


def test_the_report_is_the_one_that_chaport_check_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = the_example(page="how-to/mistakes.md", heading="After the build", language="console")
    command, _, output = shown.partition("\n")
    chat = Chat(settings_of({"appId": APP_ID}), ship=lambda _: None)
    (tmp_path / "site").mkdir()
    for name in ("index.html", "guide.html"):
        with_chat, _ = chat.add_to(BLANK_PAGE, Page(name))
        (tmp_path / "site" / name).write_text(with_chat, encoding="utf-8")
    handout = BLANK_PAGE.replace("<body>", "<body><a href=chaport:open>Chat</a>")
    (tmp_path / "site" / "handout.html").write_text(handout, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, command.removeprefix("$ chaport ").split())
    assert (done.exit_code, done.stdout) == (1, output)


def test_the_backends_example_signs_as_the_documentation_does() -> None:
    names: dict[str, Any] = {"salt": "salt", "visitor_id": "5f1e"}
    exec(compile(the_example(title="backend.py"), "backend.py", "exec"), names)
    by_php = r'{"name":"Zo\u00eb","email":"zoe@example.org","custom":{"plan":"pro"}}'
    assert names["visitor_integrity_hash"] == sha1(f"salt{by_php}".encode()).hexdigest()
    assert names["token"] == sha1(b"salt5f1e").hexdigest()


def test_the_editor_settings_name_the_schemas_that_the_commands_write() -> None:
    settings = json.loads(the_example(title=".vscode/settings.json"))
    commands = re.findall(r"chaport_core\.schema (\w+) > (\S+)", page_text("how-to/editor.md"))
    assert dict(commands) == {
        "mkdocs": ".vscode/chaport-mkdocs.json",
        "page": ".vscode/chaport-page.json",
        "types": "chaport.d.ts",
    }
    schemas = {path: name for name, path in commands if path.endswith(".json")}
    assert set(settings["yaml.schemas"]) == set(schemas)
    assert all(json.loads(schema_text(name)) for name in schemas.values())
