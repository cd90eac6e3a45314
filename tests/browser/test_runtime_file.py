"""Knows the files that are shipped: made of their sources, small, their types right."""

import gzip
import json
import subprocess
from pathlib import Path

import pytest
from tests.browser.routed import NPM, ROOT, fetch_packages

from chaport_core.page.scripts import content, identity, runtime

BROWSER = ROOT / "shared" / "chaport_core" / "browser"
TYPES = ROOT / "tests" / "npm" / "tsconfig.json"


@pytest.fixture(autouse=True, scope="module")
def packages():
    fetch_packages()


@pytest.mark.parametrize(
    ("source", "shipped"),
    [("runtime.js", runtime), ("content.js", content), ("identity.js", identity)],
)
def test_it_is_what_make_runtime_makes(source, shipped):
    command = ["npm", "run", "--silent", "--prefix", NPM.parent, "minify", BROWSER / source]
    made = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    assert made.stdout == shipped().text


def test_they_are_small():
    runtime_size, content_size, identity_size = (
        len(gzip.compress(file().text.encode(), mtime=0)) for file in (runtime, content, identity)
    )
    assert runtime_size <= 2500
    assert runtime_size + content_size <= 3500
    assert identity_size <= 2600


def check(project: Path):
    command = [NPM / ".bin" / "tsc", "--project", project]
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False)


def test_its_types_are_right():
    done = check(TYPES)
    assert (done.stdout, done.returncode) == ("", 0)


def test_the_check_finds_a_mistake(tmp_path):
    (tmp_path / "wrong.js").write_text("location.relaod();\n", encoding="utf-8")
    project = {"extends": str(TYPES), "files": ["wrong.js"]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(project), encoding="utf-8")
    done = check(tmp_path / "tsconfig.json")
    assert "Property 'relaod' does not exist on type 'Location'" in done.stdout
