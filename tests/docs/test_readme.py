"""Every example of the README does what the README says."""

import hashlib
import json
import os
import re
import subprocess
import tomllib
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
import yaml
import yaml_env_tag
from click.testing import CliRunner

from chaport_core.calls import read_address
from chaport_core.cli import main
from chaport_core.frontmatter import read_front_matter
from chaport_core.links import rewrite_links
from chaport_core.loader import head_scripts, loader_hash
from chaport_core.page import Chat, Page
from chaport_core.reference import reference_table
from chaport_core.schema import schema_text
from chaport_core.settings import read_settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
APP_ID = "5f1e2d3c4b5a69788796a5b4"


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.S | re.M)


def load_yaml(text: str) -> Any:
    """YAML as MkDocs reads it, `!ENV` included."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
    return yaml.load(text, Loader)


def chaport_entries() -> Iterator[dict[str, Any]]:
    for text in examples("yaml"):
        loaded = next(iter(yaml_documents(text)))
        for plugin in loaded.get("plugins", ()):
            if isinstance(plugin, dict) and "chaport" in plugin:
                yield plugin["chaport"]


def yaml_documents(text: str) -> list[dict[str, Any]]:
    return [load_yaml(part) for part in re.split(r"^---$", text, flags=re.M) if part.strip()]


def test_the_two_commands_stand_on_the_first_screen_and_in_the_makefile() -> None:
    first = examples("console")[0]
    commands = [line.split("#")[0].strip("$ ") for line in first.splitlines()]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert commands == ["make demo", "make test"]
    assert README.index(first) < 1200
    assert re.findall(r"^(demo|test):", makefile, re.M) == ["test", "demo"]


def test_each_mkdocs_entry_is_without_a_problem() -> None:
    entries = list(chaport_entries())
    assert [sorted(entry) for entry in entries] == [
        ["appId"],
        ["appId", "appearance", "pages"],
        ["appId", "widget"],
        ["appId", "session"],
        ["appId", "fallback"],
    ]
    assert [read_settings(entry)[1] for entry in entries] == [[], [], [], [], []]


def test_the_rows_of_the_readme_mean_what_it_says() -> None:
    settings, _ = read_settings(list(chaport_entries())[1])
    assert settings is not None

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


def test_the_allow_list_of_the_readme_lets_one_section_in() -> None:
    example = re.search(r'`pages: (\{"\*\*".*?\})`', README)
    assert example is not None
    settings, problems = read_settings({"appId": APP_ID, "pages": yaml.safe_load(example[1])})
    assert problems == []
    assert settings is not None
    enabled = {
        path: settings.resolve(settings.rows.matching(path, path), None).enabled
        for path in ("index.md", "guide/a.md", "support/a.md")
    }
    assert enabled == {"index.md": False, "guide/a.md": False, "support/a.md": True}


def test_front_matter_is_read_in_every_spelling() -> None:
    nested = [
        document["chaport"]
        for text in examples("yaml")
        for document in yaml_documents(text)
        if "chaport" in document
    ]
    lines = [
        dict(line.split(": ", 1) for line in text.splitlines()) for text in metadata_examples()
    ]
    assert [read_front_matter({"chaport": value}) for value in nested] == [
        ({"launcher": {"show": False}, "openIn": {"selector": "#chat"}}, [])
    ]
    # As Pelican's readers give them: keys in small letters, values as text.
    lowered = [{key.lower(): value for key, value in one.items()} for one in lines]
    assert [read_front_matter(one) for one in lowered] == [
        ({"openIn": "_blank"}, []),
        ({"launcher": {"show": False}, "openIn": {"selector": "#chat"}}, []),
        ({"enabled": False}, []),
    ]


def metadata_examples() -> list[str]:
    return [text for text in examples("text") if text.startswith("Title:")]


def test_the_settings_files_of_pelican_show_the_preview_at_home_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_app_id, home, publish, _ = examples("python")
    (tmp_path / "pelicanconf.py").write_text(home, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    found: dict[str, Any] = {}
    for name, text in (("minimal", only_app_id), ("home", home), ("publish", publish)):
        settings: dict[str, Any] = {}
        exec(compile(text, name, "exec"), settings)
        chaport, problems = read_settings(settings["CHAPORT"])
        assert problems == []
        assert chaport is not None
        found[name] = chaport.shows_preview(serving=False)
    assert found == {"minimal": False, "home": True, "publish": False}


def widget_of_the_environment(environment: dict[str, str], monkeypatch: Any) -> str:
    monkeypatch.delenv("CHAPORT_WIDGET", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return str(list(chaport_entries())[2]["widget"])


def test_netlify_previews_get_the_preview_widget(monkeypatch: pytest.MonkeyPatch) -> None:
    (text,) = examples("toml")
    netlify = tomllib.loads(text)
    preview = netlify["context"]["deploy-preview"]["environment"]
    assert netlify["build"] == {"command": "mkdocs build", "publish": "site"}
    assert widget_of_the_environment(preview, monkeypatch) == "preview"
    assert widget_of_the_environment({}, monkeypatch) == "auto"


@pytest.mark.parametrize(("version_type", "widget"), [("external", "preview"), ("branch", "auto")])
def test_read_the_docs_previews_get_the_preview_widget(
    version_type: str, widget: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (command,) = [
        line
        for text in examples("yaml")
        for document in yaml_documents(text)
        for line in document.get("build", {}).get("commands", ())
        if "mkdocs" in line and "pip" not in line
    ]
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


def test_the_problems_it_shows_are_told_in_these_words() -> None:
    (text,) = [text for text in examples("text") if text.startswith("Plugin")]
    _, problems = read_settings(
        {"appId": APP_ID, "launcer": {}, "appearance": {"position": ["top"]}}
    )
    said = [str(problem).partition(": ") for problem in problems]
    assert sorted(text.splitlines()) == sorted(
        f"Plugin 'chaport' option '{place}': {message}" for place, _, message in said
    )


def test_the_backends_example_signs_as_the_documentation_does() -> None:
    names: dict[str, Any] = {"salt": "salt", "visitor_id": "5f1e"}
    exec(compile(examples("python")[-1], "README.md", "exec"), names)
    by_php = r'{"name":"Zo\u00eb","email":"zoe@example.org","custom":{"plan":"pro"}}'
    assert names["visitor_integrity_hash"] == sha1(f"salt{by_php}".encode()).hexdigest()
    assert names["token"] == sha1(b"salt5f1e").hexdigest()


def test_the_policy_is_the_one_that_the_command_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shown,) = [text for text in examples("console") if "csp" in text]
    command, *output = shown.splitlines()
    chaport, *arguments = command.removeprefix("$ ").split()
    settings, _ = read_settings({"appId": APP_ID})
    assert settings is not None
    page = "<!doctype html><html lang=en><head></head><body></body></html>"
    with_chat, _ = Chat(settings, ship=print).add_to(page, Page("index.html"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / arguments[-1]).mkdir()
    (tmp_path / arguments[-1] / "index.html").write_text(with_chat, encoding="utf-8")
    done = CliRunner().invoke(main, arguments)
    assert (chaport, done.exit_code) == ("chaport", 0)
    assert [done.stdout, done.stderr] == [f"{line}\n" for line in output]
    assert f"'{loader_hash()}'" in output[0]


def test_it_names_the_hash_of_each_kind_of_consents_own_script() -> None:
    for consent in ("material", "manual"):
        second = re.findall("<script>(.*?)</script>", head_scripts(consent))[1]
        digest = b64encode(hashlib.sha256(second.encode()).digest()).decode()
        assert re.search(rf"`{consent}`[^`]*\n?`'sha256-{re.escape(digest)}'`", README), consent


def test_the_consent_example_is_a_dialog_entry_that_is_not_ticked() -> None:
    (entry,) = [
        document["extra"]["consent"]["cookies"]
        for text in examples("yaml")
        for document in yaml_documents(text)
        if "extra" in document
    ]
    assert entry == {"chaport": {"name": "Live chat", "checked": False}}


def test_the_script_example_is_html_with_a_function() -> None:
    assert "resolve: function (cp) { return 'team-id' }" in examples("html")[0]


def test_every_chat_link_it_shows_is_a_call_without_a_mistake() -> None:
    shown = "".join(text for kind in ("markdown", "rst", "html") for text in examples(kind))
    addresses = re.findall(r"""chaport:[^)>"\s]+""", shown)
    # In prose the scheme is left out.
    addresses += [f"chaport:{call}" for call in re.findall(r"`(\w+\?[^`]*)`", README)]
    assert len(addresses) == 7
    assert [read_address(address)[1] for address in addresses] == [[]] * 7
    links = rewrite_links("".join(examples("html")), None)
    assert [call.method for call in links.calls] == ["setActiveTrigger", "openIn"]
    assert links.problems == []


def test_the_editor_settings_name_the_schemas_that_the_commands_write() -> None:
    (settings,) = [json.loads(text) for text in examples("json")]
    commands = re.findall(r"chaport_core\.schema (\w+) > (\S+)", README)
    assert dict(commands) == {
        "mkdocs": ".vscode/chaport-mkdocs.json",
        "page": ".vscode/chaport-page.json",
        "types": "chaport.d.ts",
    }
    schemas = {path: name for name, path in commands if path.endswith(".json")}
    assert set(settings["yaml.schemas"]) == set(schemas)
    assert all(json.loads(schema_text(name)) for name in schemas.values())


def test_the_table_of_options_is_fresh() -> None:
    assert reference_table() in README


def test_the_bytes_it_names_are_the_bytes_of_a_page() -> None:
    settings, _ = read_settings({"appId": APP_ID})
    assert settings is not None
    page = "<!doctype html><html lang=en><head></head><body></body></html>"
    with_chat, _ = Chat(settings, ship=print).add_to(page, Page("index.html"))
    assert f"that is {len(with_chat) - len(page)} bytes" in README
