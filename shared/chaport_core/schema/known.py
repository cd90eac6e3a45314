"""What `options.json` says: the schema of every option, and which keys a mapping may have."""

import json
import pathlib
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from chaport_core.problem import Path

Schema = dict[str, Any]
Kind = Literal["SiteOptions", "PageOptions", "Methods"]
"""Options of a site's configuration, those of a row or a page, or methods with parameters."""


ANSWERING = frozenset(
    {"compare", "getActiveTrigger", "getParameterValue", "getTriggerById", "getWidgetState"}
)
"""Methods whose whole effect is what they return."""
CALLING_BACK = frozenset({"isOnline"})
"""Methods that are nothing without a function of the caller's."""


def schema_text(name: str) -> str:
    """A JSON file of this folder: `options`, which checking reads, `mkdocs` or `page`."""
    return (pathlib.Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8")


def options_of(kind: Kind) -> dict[str, Schema]:
    """Every option of a site's or a page's configuration with its schema."""
    options: dict[str, Schema] = definition_of(kind)["properties"]
    return options


def definition_of(kind: Kind) -> Schema:
    """The schema of a whole configuration."""
    found: Schema = _definitions()[kind]
    return found


def definition(schema: Schema) -> Schema:
    """The schema itself, or what its reference stands for."""
    if "$ref" not in schema:
        return schema
    found: Schema = _definitions()[schema["$ref"].rpartition("/")[2]]
    return found


def keys_at(kind: Kind, path: Path) -> list[str]:
    """The keys an author may write in the mapping at `path`, in the documented order."""
    return [
        key
        for node in _nodes_at(definition_of(kind), path)
        for key, schema in node.get("properties", {}).items()
        if not any(inner.get("doNotSuggest") for inner in _alternatives(schema))
    ]


def place_of(kind: Kind, key: str) -> tuple[str, ...] | None:
    """The first path, outside `devices.configs` and `pages`, at which there is such an option."""
    return _places(kind).get(key)


@cache
def _places(kind: Kind) -> dict[str, tuple[str, ...]]:
    places: dict[str, tuple[str, ...]] = {}

    def search(node: Schema, path: tuple[str, ...]) -> None:
        for inner in _alternatives(node):
            for name, option in inner.get("properties", {}).items():
                places.setdefault(name, (*path, name))
                if name not in ("configs", "pages"):
                    search(option, (*path, name))

    search(definition_of(kind), ())
    return places


def child(schema: Schema, key: str | int) -> Schema | bool:
    """What the schema of a mapping or a list says of the value at a key or an index."""
    if isinstance(key, str):
        found = schema.get("properties", {}).get(key, schema.get("additionalProperties", True))
    else:
        found = schema.get("items", True)
        if isinstance(found, list):
            found = found[key] if key < len(found) else True
    answer: Schema | bool = found
    return answer


def _nodes_at(node: Schema, path: Path) -> Iterator[Schema]:
    for inner in _alternatives(node):
        if not path:
            yield inner
        elif isinstance(found := child(inner, path[0]), dict):
            yield from _nodes_at(found, path[1:])


def _alternatives(node: Schema) -> Iterator[Schema]:
    """The node itself with its reference followed, and every branch of its unions."""
    node = definition(node)
    yield node
    for branch in node.get("anyOf", ()):
        yield from _alternatives(branch)


@cache
def _definitions() -> Schema:
    definitions: Schema = json.loads(schema_text("options"))["definitions"]
    return definitions
