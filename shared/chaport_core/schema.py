"""The options as JSON Schema (draft-07, what editors read), and what the schema knows of a path.

`python -m chaport_core.schema mkdocs` prints the schema of a whole `mkdocs.yml`;
`python -m chaport_core.schema page` that of a `.meta.yml` file.
"""

import json
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from chaport_core.problem import Path
from chaport_core.site_options import OnOrOptions, SiteOptions

Schema = dict[str, Any]


class _Draft7(GenerateJsonSchema):
    """Pydantic writes draft 2020-12; editors' YAML servers read draft-07."""

    schema_dialect = "http://json-schema.org/draft-07/schema#"

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchemaValue:
        items = [self.generate_inner(item) for item in schema["items_schema"]]
        size = len(items)
        return {"type": "array", "items": items, "minItems": size, "maxItems": size}

    def typed_dict_field_schema(self, schema: core_schema.TypedDictField) -> JsonSchemaValue:
        inner = super().typed_dict_field_schema(schema)
        # null takes away what an outer layer says, so it may stand wherever a value may be absent.
        return inner if schema.get("required") else {"anyOf": [inner, {"type": "null"}]}

    def get_title_from_name(self, name: str) -> str:
        return name


@cache
def options_schema(kind: Any) -> Schema:
    """The JSON Schema of a type of `options.py` or `site_options.py`; treat it as read-only."""
    schema: Schema = TypeAdapter(kind).json_schema(
        schema_generator=_Draft7, ref_template="#/definitions/{model}"
    )
    if "$defs" in schema:
        schema["definitions"] = schema.pop("$defs")
    plain: Schema = _without_titles(schema)
    return plain


def mkdocs_schema() -> Schema:
    """The schema of a whole `mkdocs.yml`: it constrains our plugin's entry and nothing else.

    It therefore composes with the theme's own schema (`plugins` is a list or a mapping there).
    """
    site = dict(options_schema(SiteOptions))
    definitions = site.pop("definitions")
    definitions["SiteOptions"] = {**site, "required": ["appId"]}
    entry = {"properties": {"chaport": {"$ref": "#/definitions/SiteOptions"}}}
    return {
        "$schema": _Draft7.schema_dialect,
        "title": "mkdocs.yml with the chaport plugin",
        "properties": {"plugins": {"items": entry, **entry}},
        "definitions": definitions,
    }


def page_schema() -> Schema:
    """The schema of `.meta.yml` (and of front matter): it constrains `chaport` and nothing else."""
    page = dict(options_schema(OnOrOptions))
    definitions = page.pop("definitions")
    return {
        "$schema": _Draft7.schema_dialect,
        "title": "Front matter with chaport settings",
        "properties": {"chaport": page},
        "definitions": definitions,
    }


def keys_at(kind: Any, path: Path) -> list[str]:
    """The keys an author may write in the mapping at `path`, in the documented order."""
    root = options_schema(kind)
    return [
        key
        for node in _nodes_at(root, root, path)
        for key, schema in node.get("properties", {}).items()
        if not any(inner.get("doNotSuggest") for inner in _alternatives(root, schema))
    ]


def is_required(kind: Any, path: Path) -> bool:
    """Whether the mapping that holds the key at the end of `path` cannot do without it."""
    root = options_schema(kind)
    return any(path[-1] in node.get("required", ()) for node in _nodes_at(root, root, path[:-1]))


def places_of(kind: Any, key: str) -> list[Path]:
    """Every path, outside `devices.configs` and `pages`, at which an option of this name stands."""
    root = options_schema(kind)

    def search(node: Schema, path: Path) -> Iterator[Path]:
        for inner in _alternatives(root, node):
            for name, child in inner.get("properties", {}).items():
                if name == key:
                    yield (*path, name)
                if name not in ("configs", "pages"):
                    yield from search(child, (*path, name))

    return list(search(root, ()))


def _nodes_at(root: Schema, node: Schema, path: Path) -> Iterator[Schema]:
    for inner in _alternatives(root, node):
        if not path:
            yield inner
            continue
        head, *rest = path
        child = inner.get("properties", {}).get(head) or inner.get("additionalProperties")
        if isinstance(head, int):
            items = inner.get("items")
            child = items[head] if isinstance(items, list) and head < len(items) else items
        if isinstance(child, dict):
            yield from _nodes_at(root, child, tuple(rest))


def _alternatives(root: Schema, node: Schema) -> Iterator[Schema]:
    """The node itself with its reference followed, and every branch of its unions."""
    if "$ref" in node:
        node = root["definitions"][node["$ref"].rpartition("/")[2]]
    yield node
    for branch in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        yield from _alternatives(root, branch)


def _without_titles(node: Any) -> Any:
    """Pydantic titles each key with its own name, which editors would show as a heading."""
    if isinstance(node, list):
        return [_without_titles(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: _without_titles(child) for name, child in value.items()}
        if key in ("properties", "definitions")
        else _without_titles(value)
        for key, value in node.items()
        if key != "title"
    }


def print_schema(name: str) -> None:
    """Print the schema called `mkdocs` or `page` as it is kept in `chaport_core/schemas/`."""
    schema = {"mkdocs": mkdocs_schema, "page": page_schema}[name]()
    print(json.dumps(schema, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    if sys.argv[1:] not in (["mkdocs"], ["page"]):
        sys.exit("usage: python -m chaport_core.schema mkdocs|page")
    print_schema(sys.argv[1])
