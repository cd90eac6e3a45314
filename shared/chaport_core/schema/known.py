"""What the generated JSON Schema knows: whether a value fits, and which keys stand where."""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
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
    """The schema called `mkdocs` or `page`, or the `options` that checking reads, as JSON."""
    return files("chaport_core").joinpath("schema", f"{name}.json").read_text(encoding="utf-8")


def fits(value: object, kind: Kind) -> bool:
    """Whether plain JSON values are options without a mistake in type, name or form.

    Only the keywords that our own schemas use are understood. A validator from a package would do,
    but most sites have no mistake, and importing pydantic or jsonschema to find that out costs more
    than a hundred pages do; pydantic is imported for the sentences, when there is a mistake.
    """
    return _fits(value, _root(kind))


_TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "number": (int, float),
    "null": type(None),
}


def _fits(value: Any, schema: Schema) -> bool:
    schema = definition(schema)
    branches = schema.get("anyOf") or schema.get("oneOf")
    if branches:
        return any(_fits(value, branch) for branch in branches)
    if "const" in schema or "enum" in schema:
        return any(
            value == choice and type(value) is type(choice)
            for choice in schema.get("enum", [schema.get("const")])
        )
    wanted = schema.get("type")
    if wanted and not isinstance(value, _TYPES[wanted]):
        return False
    if isinstance(value, bool):
        return wanted != "number"
    if isinstance(value, str):
        pattern = schema.get("pattern")
        # Python's $ also matches before a last line break.
        return pattern is None or re.fullmatch(pattern[1:-1], value) is not None
    if isinstance(value, (int, float)):
        return bool(value >= schema.get("minimum", value))
    if isinstance(value, list):
        return _fits_list(value, schema)
    return not isinstance(value, dict) or _fits_mapping(value, schema)


def _fits_list(value: list[Any], schema: Schema) -> bool:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        return False
    items = schema.get("items", {})
    rest = schema.get("additionalItems", {}) if isinstance(items, list) else items
    first = items if isinstance(items, list) else []
    return all(
        _fits(item, first[index] if index < len(first) else rest)
        for index, item in enumerate(value)
    )


def _fits_mapping(value: dict[str, Any], schema: Schema) -> bool:
    if not schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", len(value)):
        return False
    known, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    return all(name in value for name in schema.get("required", ())) and all(
        _fits(item, known[name]) if name in known else others is not False and _others(item, others)
        for name, item in value.items()
    )


def _others(item: Any, others: Schema | bool) -> bool:
    return others is True or (isinstance(others, dict) and _fits(item, others))


def options_of(kind: Kind) -> dict[str, Schema]:
    """Every option of a site's or a page's configuration with its schema."""
    options: dict[str, Schema] = _root(kind)["properties"]
    return options


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
        for node in _nodes_at(_root(kind), path)
        for key, schema in node.get("properties", {}).items()
        if not any(inner.get("doNotSuggest") for inner in _alternatives(schema))
    ]


def is_required(kind: Kind, path: Path) -> bool:
    """Whether the mapping that holds the key at the end of `path` cannot do without it."""
    return any(path[-1] in node.get("required", ()) for node in _nodes_at(_root(kind), path[:-1]))


def places_of(kind: Kind, key: str) -> list[Path]:
    """Every path, outside `devices.configs` and `pages`, at which an option of this name stands."""

    def search(node: Schema, path: Path) -> Iterator[Path]:
        for inner in _alternatives(node):
            for name, child in inner.get("properties", {}).items():
                if name == key:
                    yield (*path, name)
                if name not in ("configs", "pages"):
                    yield from search(child, (*path, name))

    return list(search(_root(kind), ()))


def _nodes_at(node: Schema, path: Path) -> Iterator[Schema]:
    for inner in _alternatives(node):
        if not path:
            yield inner
            continue
        head, *rest = path
        child = inner.get("properties", {}).get(head) or inner.get("additionalProperties")
        if isinstance(head, int):
            items = inner.get("items")
            child = items[head] if isinstance(items, list) and head < len(items) else items
        if isinstance(child, dict):
            yield from _nodes_at(child, tuple(rest))


def _alternatives(node: Schema) -> Iterator[Schema]:
    """The node itself with its reference followed, and every branch of its unions."""
    node = definition(node)
    yield node
    for branch in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        yield from _alternatives(branch)


@cache
def _definitions() -> Schema:
    definitions: Schema = json.loads(schema_text("options"))["definitions"]
    return definitions


def _root(kind: Kind) -> Schema:
    root: Schema = _definitions()[kind]
    return root
