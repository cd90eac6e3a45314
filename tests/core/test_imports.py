"""Imports run from adapter to core to libraries: never back, and never between adapters."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import chaport_core

ROOT = Path(__file__).parents[2]
CORE = ROOT / "shared" / "chaport_core"
TYPES = CORE / "schema" / "types"
CLI = ROOT / "plugins" / "chaport_cli"
MKDOCS = ROOT / "plugins" / "mkdocs_chaport"
PELICAN = ROOT / "plugins" / "pelican"
STANDARD = sys.stdlib_module_names

# The libraries that each part may import, besides itself and Python's own.
LIBRARIES = {
    CORE: {
        "pathspec",
        "chaport_core",
        "selectolax",
    },
    TYPES: {"pydantic", "pydantic_core", "typing_extensions", "chaport_core"},
    CLI: {"click", "yaml", "yaml_env_tag", "chaport_core", "chaport_cli"},
    MKDOCS: {"mkdocs", "chaport_core", "mkdocs_chaport"},
    PELICAN: {"pelican", "chaport_core"},
}


def modules(folder: Path) -> list[Path]:
    """A part's own modules; the option types are a part of their own."""
    found = [
        one for one in sorted(folder.rglob("*.py")) if folder == TYPES or TYPES not in one.parents
    ]
    assert found
    return found


def imports(module: Path) -> Iterator[str]:
    """The dotted names of what a module imports, wherever in it."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(level=0):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            case ast.ImportFrom():
                yield f"relative import in {module.name}"
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module")
                | ast.Attribute(attr="import_module")
            ):
                yield f"dynamic import in {module.name}"


@pytest.mark.parametrize("folder", LIBRARIES, ids=lambda folder: folder.name)
def test_a_part_imports_only_what_it_may(folder: Path) -> None:
    foreign = {
        (str(module.relative_to(ROOT)), name)
        for module in modules(folder)
        for name in imports(module)
        if name.partition(".")[0] not in STANDARD | LIBRARIES[folder]
    }
    # The core's public names are imported when they are asked for.
    by_name = {("shared/chaport_core/__init__.py", "dynamic import in __init__.py")}
    assert foreign == (by_name if folder is CORE else set())


@pytest.mark.parametrize("folder", [CLI, MKDOCS, PELICAN], ids=lambda folder: folder.name)
def test_an_adapter_imports_the_public_names_of_the_core_alone(folder: Path) -> None:
    core = {
        name for module in modules(folder) for name in imports(module) if "chaport_core" in name
    }
    assert core <= {f"chaport_core.{name}" for name in chaport_core.__all__}


@pytest.mark.parametrize("folder", [CLI, MKDOCS, PELICAN], ids=lambda folder: folder.name)
def test_an_adapter_writes_neither_json_nor_html(folder: Path) -> None:
    told = {name.partition(".")[0] for module in modules(folder) for name in imports(module)}
    assert not told & {"json", "html", "xml"}


def test_the_option_types_are_for_development_only() -> None:
    """The wheel leaves them out: what runs reads `options.json`."""
    shipped = [module for folder in LIBRARIES if folder != TYPES for module in modules(folder)]
    types = ".".join((*TYPES.relative_to(CORE.parent).parts, ""))
    imported = {f"{name}." for module in shipped for name in imports(module)}
    assert {name for name in imported if name.startswith(types)} == set()


def test_every_part_is_looked_at() -> None:
    packages = {path.parent for path in (*ROOT.glob("shared/*/*.py"), *ROOT.glob("plugins/*/*.py"))}
    assert packages == {CLI, CORE, MKDOCS}
    assert {path.name for path in (ROOT / "plugins").iterdir() if path.is_dir()} >= {
        CLI.name,
        MKDOCS.name,
        PELICAN.name,
    }


def test_no_adapter_lies_in_pelicans_own_package() -> None:
    """A file of ours there would overwrite Pelican's."""
    assert not (PELICAN / "__init__.py").exists()
    assert not (PELICAN / "plugins" / "__init__.py").exists()


def test_the_core_needs_no_host_and_a_site_without_rows_no_library() -> None:
    """Pelican imports every installed plugin in every run: what is not needed is not imported."""
    program = """
import sys
from logging import getLogger
from pathlib import Path
from chaport_core import Build, Page, read_settings, settings_or_refuse
options = {"appId": "5f1e2d3c4b5a69788796a5b4", "openIn": "_blank"}
build = Build(settings_or_refuse(options, "CHAPORT", getLogger()), Path("."), getLogger())
html = build.add_chat("<!doctype html><head></head>", Page("a.html"))
assert "chaport" in html
assert len(read_settings({"appId": 5, "lancher": {}, "openIn": []})[1]) == 3
heavy = ("pydantic", "pydantic_core", "typing_extensions", "pathspec", "click", "jsonschema")
heavy += ("chaport_core.inspection.policy", "chaport_core.schema.types")
heavy += ("mkdocs", "pelican", "jinja2", "markdown")
print([name for name in heavy if name in sys.modules])
"""
    result = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert (result.stdout, result.stderr) == ("[]\n", "")
