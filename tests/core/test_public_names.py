"""What others may import from the core is a list, and importing the core imports nothing else."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import chaport_core

PUBLIC = [
    "Build",
    "BuildRefused",
    "FolderBuild",
    "Page",
    "Problem",
    "Source",
    "find_policy",
    "inspect_site",
    "integrity",
    "list_files",
    "read_schema",
    "read_settings",
    "settings_or_refuse",
    "write_reference",
    "write_report",
]


def test_the_public_names_are_these() -> None:
    """To add a name is to promise it to others: the module's docstring says who needs it."""
    assert sorted(chaport_core.__all__) == sorted(PUBLIC)
    assert [name for name in PUBLIC if name not in str(chaport_core.__doc__)] == []


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_is_there_and_explained(name: str) -> None:
    assert getattr(chaport_core, name).__doc__


def test_type_checkers_see_each_name_where_it_is() -> None:
    text = Path(str(chaport_core.__file__)).read_text(encoding="utf-8")
    said = {
        alias.name: node.module
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("chaport_core")
        for alias in node.names
    }
    assert sorted(said) == sorted(PUBLIC)
    assert said.pop("integrity") == "chaport_core"
    assert said == {name: getattr(chaport_core, name).__module__ for name in said}


def test_nothing_else_can_be_had() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Chat'"):
        chaport_core.Chat  # type: ignore[attr-defined]  # noqa: B018


def test_importing_the_core_imports_none_of_its_modules() -> None:
    """Pelican imports every installed plugin in every run, whether or not it is used."""
    program = """
import sys
import chaport_core
print([name for name in sys.modules if name.startswith("chaport_core.")])
chaport_core.integrity.visitor_token
from chaport_core import integrity
print([name for name in sys.modules if name.startswith("chaport_core.")])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n['chaport_core.integrity']\n", "")
