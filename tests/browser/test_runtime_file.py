"""Knows the file that is shipped: made of runtime.js, small, its types right for TypeScript."""

import gzip
import subprocess
from pathlib import Path

import pytest
from tests.browser.routed import NPM, ROOT, fetch_packages

from chaport_core.loader import runtime

SOURCE = ROOT / "shared" / "chaport_core" / "browser" / "runtime.js"
TYPES = ROOT / "tests" / "npm" / "tsconfig.json"


@pytest.fixture(autouse=True, scope="module")
def packages():
    fetch_packages()


def test_it_is_what_make_runtime_makes():
    command = ["npm", "run", "--silent", "--prefix", NPM.parent, "minify", SOURCE]
    made = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    assert made.stdout == runtime().text


def test_it_is_small():
    assert len(gzip.compress(runtime().text.encode(), mtime=0)) <= 2500


def check(*arguments: str | Path):
    command = [NPM / ".bin" / "tsc", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False)


def test_its_types_are_right():
    done = check("--project", TYPES)
    assert (done.stdout, done.returncode) == ("", 0)


def test_the_check_finds_a_mistake(tmp_path):
    wrong = tmp_path / "runtime.js"
    text = SOURCE.read_text(encoding="utf-8")
    wrong.write_text(text.replace("location.reload()", "location.relaod()"), encoding="utf-8")
    flags = ["--allowJs", "--checkJs", "--strict", "--noEmit", "--target", "ES2020"]
    done = check(*flags, "--lib", "ES2020,DOM,DOM.Iterable", "--types", "", wrong)
    assert "Property 'relaod' does not exist on type 'Location'" in done.stdout
