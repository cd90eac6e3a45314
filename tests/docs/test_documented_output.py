"""Commands, builds and a backend say what the documentation shows."""

import json
import re
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.docs.examples import examples, page_text, the_example
from tests.docs.test_examples import BLANK_PAGE
from tests.far_end.addresses import APP_ID
from tests.far_end.chat_pages import add_chat

from chaport_cli.main import main
from chaport_core.schema.known import schema_text
from chaport_core.settings.site import read_settings

MISTAKES = {
    ("how-to/mistakes.md", "While building"): {
        "launcer": {},
        "appearance": {"position": ["top"]},
    },
    ("tutorial/mkdocs.md", "7. Make a mistake"): {
        "pages": {"api/**": {"launcer": {"show": False}}},
    },
}
# Of this one a whole build is asked.
BUILD = ("how-to/mistakes.md", "What a build did")
# And of this one test_logged_in_readers.py.
SIGNING = ("how-to/logged-in-readers.md", "In any other language")


def test_every_text_that_is_shown_is_asked_for() -> None:
    shown = [(one.page, one.heading) for one in examples(kind="text")]
    assert sorted(shown) == sorted([*MISTAKES, BUILD, SIGNING])


@pytest.mark.parametrize(("where", "heading"), MISTAKES)
def test_the_problems_that_are_shown_are_told_in_these_words(where: str, heading: str) -> None:
    _, problems = read_settings({"appId": APP_ID, **MISTAKES[where, heading]})
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
    monkeypatch.chdir(tmp_path)
    (tmp_path / arguments[-1]).mkdir()
    page = tmp_path / arguments[-1] / "index.html"
    page.write_text(add_chat(BLANK_PAGE), encoding="utf-8")
    done = CliRunner().invoke(main, arguments)
    assert (chaport, done.exit_code) == ("chaport", 0)
    assert [done.stdout, done.stderr] == [f"{line}\n" for line in output]


def test_the_report_is_the_one_that_chaport_check_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = the_example(page="how-to/mistakes.md", heading="After the build", language="console")
    command, _, output = shown.partition("\n")
    (tmp_path / "site").mkdir()
    for name in ("index.html", "guide.html"):
        (tmp_path / "site" / name).write_text(add_chat(BLANK_PAGE), encoding="utf-8")
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
    commands = re.findall(r"chaport schema (\w+) > (\S+)", page_text("how-to/editor.md"))
    assert dict(commands) == {
        "mkdocs": ".vscode/chaport-mkdocs.json",
        "page": ".vscode/chaport-page.json",
        "types": "chaport.d.ts",
    }
    schemas = {path: name for name, path in commands if path.endswith(".json")}
    assert set(settings["yaml.schemas"]) == set(schemas)
    assert all(json.loads(schema_text(name)) for name in schemas.values())
