"""No import goes up: the packages of the core are ordered as a value travels through them."""

import ast
import graphlib
from collections.abc import Iterator
from pathlib import Path

CORE = Path(__file__).parents[2] / "shared" / "chaport_core"
ORDER = ("schema", "validation", "settings", "page", "inspection")
"""What may be said, was it said rightly, what applies, one finished page, a built site read."""
FREE = ("problem", "built_file", "built_site", "integrity")
"""Modules that import no package of the core, so that each may import them."""
TOP = ("build", "folder_build", "")
"""What imports the packages: the interface for adapters, and the public names."""


def graph() -> dict[str, set[str]]:
    """The modules of the core that each imports, wherever in it; names below `chaport_core`."""
    names = {_name(path): path for path in CORE.rglob("*.py")}
    assert len(names) > 30
    return {name: set(_imports(path, names)) for name, path in names.items()}


def _name(path: Path) -> str:
    return (
        ".".join(path.relative_to(CORE).with_suffix("").parts).removesuffix("__init__").strip(".")
    )


def _imports(path: Path, names: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # A module of a package, or a name in a module.
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [
                one if one.removeprefix("chaport_core.") in names else str(node.module)
                for one in modules
            ]
        else:
            continue
        for module in modules:
            if module.partition(".")[0] == "chaport_core":
                yield module.removeprefix("chaport_core").lstrip(".")


def _package(name: str) -> str:
    return name.partition(".")[0]


def test_every_module_has_its_place() -> None:
    assert {_package(name) for name in graph()} <= {*FREE, *ORDER, *TOP}


def test_no_import_goes_up() -> None:
    ranks = {name: rank for rank, name in enumerate((*FREE, *ORDER, *TOP))}
    up = {
        (name, imported)
        for name, modules in graph().items()
        for imported in modules
        if ranks[_package(imported)] > ranks[_package(name)]
    }
    assert up == set()


def test_no_imports_run_in_a_circle() -> None:
    graphlib.TopologicalSorter(graph()).prepare()


def test_the_free_modules_import_nothing_of_the_core_but_each_other() -> None:
    imported = {_package(one) for name in FREE for one in graph()[name]}
    assert imported <= set(FREE)
