"""Knows the files that are shipped: made of their sources, small, their types right."""

import gzip
import json
import subprocess
from pathlib import Path

import pytest
from tests.browser.routed import NPM, ROOT, fetch_packages

from chaport_core.page.scripts import content, identity, preview_widget, runtime

BROWSER = ROOT / "shared" / "chaport_core" / "browser"
TYPES = ROOT / "tests" / "npm" / "tsconfig.json"


@pytest.fixture(autouse=True, scope="module")
def packages():
    fetch_packages()


@pytest.mark.parametrize(
    ("source", "shipped"),
    [("runtime.js", runtime), ("content.js", content)],
)
def test_it_is_what_make_runtime_makes(source, shipped):
    command = ["npm", "run", "--silent", "--prefix", NPM.parent, "minify", BROWSER / source]
    made = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    assert made.stdout == shipped().text


def npm_run(script: str, *arguments: str | Path) -> str:
    command = ["npm", "run", "--silent", "--prefix", NPM.parent, script, "--", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def test_identity_is_what_make_browser_makes(tmp_path):
    bundle = tmp_path / "identity.js"
    made = npm_run("bundle", BROWSER / "src" / "identity" / "index.js")
    bundle.write_text(made, encoding="utf-8")
    assert npm_run("minify", bundle) == identity().text


def test_the_machine_of_identity_needs_no_browser():
    module = (BROWSER / "src" / "identity" / "machine.js").as_uri()
    code = f"import('{module}').then(m => console.log(Object.keys(m.makeMachine({{}})).join()))"
    done = subprocess.run(["node", "-e", code], check=True, stdout=subprocess.PIPE, text=True)
    assert done.stdout == "begin,ready,chat,login,logout,revoke,look\n"


def test_the_preview_is_what_make_browser_makes():
    made = npm_run("bundle", BROWSER / "src" / "preview" / "index.js")
    assert made == preview_widget().text


MODULES = sorted([*BROWSER.glob("src/*/*.js"), *BROWSER.glob("src/*/*.css")])


@pytest.mark.parametrize("module", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_module_is_short_and_says_what_it_knows(module):
    lines = module.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(("// Knows ", "/* Knows "))
    assert len(lines) <= 200
    assert [line for line in lines if len(line) > 110] == []


def test_they_are_small():
    runtime_size, content_size, identity_size = (
        len(gzip.compress(file().text.encode(), mtime=0)) for file in (runtime, content, identity)
    )
    assert runtime_size <= 2500
    assert runtime_size + content_size <= 3500
    assert identity_size <= 2700


def check(project: Path):
    command = [NPM / ".bin" / "tsc", "--project", project]
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False)


@pytest.mark.parametrize("project", ["tsconfig.json", "tsconfig.preview.json"])
def test_its_types_are_right(project):
    done = check(TYPES.with_name(project))
    assert (done.stdout, done.returncode) == ("", 0)


def test_the_check_finds_a_mistake(tmp_path):
    (tmp_path / "wrong.js").write_text("location.relaod();\n", encoding="utf-8")
    project = {"extends": str(TYPES), "files": ["wrong.js"]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(project), encoding="utf-8")
    done = check(tmp_path / "tsconfig.json")
    assert "Property 'relaod' does not exist on type 'Location'" in done.stdout
