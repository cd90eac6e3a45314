"""Generates the JSON Schemas (draft-07, what editors read) from the option types.

`options.json` is the one list of options that the package reads; `mkdocs.json` and `page.json` are
for editors.
"""

from collections.abc import Callable, Set
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from chaport_core.schema.types.methods import Methods
from chaport_core.schema.types.own_options import OnOrOptions, SiteOptions

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
        # null takes away what an outer layer says, so it is allowed wherever a value may be absent.
        # Editors read doNotSuggest outside unions only, and what has it is null already.
        if schema.get("required") or "doNotSuggest" in inner:
            return inner
        if "anyOf" in inner:
            return {**inner, "anyOf": [*inner["anyOf"], {"type": "null"}]}
        return {"anyOf": [inner, {"type": "null"}]}

    def get_title_from_name(self, name: str) -> str:
        return name


def options_schema(kind: Any) -> Schema:
    """The JSON Schema of a type of `options.py`, `methods.py` or `own_options.py`."""
    schema: Schema = TypeAdapter(kind).json_schema(
        schema_generator=_Draft7, ref_template="#/definitions/{model}"
    )
    if "$defs" in schema:
        schema["definitions"] = schema.pop("$defs")
    # Pydantic titles each key with its own name, which editors would show as a heading.
    plain: Schema = _without({"title"}, schema)
    return plain


def site_definitions() -> Schema:
    """`SiteOptions`, `PageOptions` and what they need."""
    site = options_schema(SiteOptions)
    definitions: Schema = site.pop("definitions")
    _inherit_sentences(definitions["ChaportConfig"], definitions["PageOptions"], site)
    return {**definitions, "SiteOptions": site}


def all_options() -> Schema:
    """What `options.json` holds: the definitions of a site's options, and `Methods`."""
    methods = options_schema(Methods)
    definitions: Schema = methods.pop("definitions")
    return {"definitions": {**definitions, "Methods": methods, **site_definitions()}}


def mkdocs_schema() -> Schema:
    """The schema of a whole `mkdocs.yml`: it constrains our plugin's entry and nothing else.

    It therefore composes with the theme's own schema (`plugins` is a list or a mapping there).
    """
    definitions = _with_environment(_for_editors(site_definitions()))
    definitions["SiteOptions"]["required"] = ["appId"]
    entry = {"properties": {"chaport": {"$ref": "#/definitions/SiteOptions"}}}
    return {
        "$schema": _Draft7.schema_dialect,
        "title": "mkdocs.yml with the chaport plugin",
        "properties": {"plugins": {"items": entry, **entry}},
        "definitions": definitions,
    }


# A value under MkDocs' !ENV tag: the name of a variable, or names and what to take without them.
_ENVIRONMENT = {
    "anyOf": [
        {
            "type": "array",
            "items": [{"type": "string", "pattern": "^[A-Z_][A-Z0-9_]*$"}],
            "minItems": 2,
        },
        {"type": "string", "pattern": "^[A-Z_][A-Z0-9_]*$"},
    ]
}


def _with_environment(definitions: Schema) -> Schema:
    """Let every option come from the environment: editors check what stands under a tag."""
    for schema in definitions.values():
        for option in schema.get("properties", {}).values():
            if "anyOf" in option:
                option["anyOf"] = [*option["anyOf"], {"$ref": "#/definitions/Environment"}]
    return {**definitions, "Environment": _ENVIRONMENT}


def page_schema() -> Schema:
    """The schema of `.meta.yml` (and of front matter): it constrains `chaport` and nothing else."""
    page = options_schema(OnOrOptions)
    definitions = page.pop("definitions")
    _inherit_sentences(definitions["ChaportConfig"], definitions["PageOptions"])
    return {
        "$schema": _Draft7.schema_dialect,
        "title": "Front matter with chaport settings",
        "properties": {"chaport": _for_editors(page)},
        "definitions": _for_editors(definitions),
    }


def _inherit_sentences(*chain: Schema) -> None:
    """Pydantic reads the sentences of a TypedDict's own keys only, not of those it inherits."""
    sentences: dict[str, str] = {}
    for schema in chain:
        for name, option in schema["properties"].items():
            option.setdefault("description", sentences.get(name, ""))
            sentences[name] = option["description"]


def _for_editors(schema: Schema) -> Schema:
    """Without the keywords that only sentences and TypeScript need."""
    plain: Schema = _without({"expected", "holds", "example", "tsType"}, schema)
    return plain


def _without(keywords: Set[str], node: Any) -> Any:
    if isinstance(node, list):
        return [_without(keywords, item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: _without(keywords, child) for name, child in value.items()}
        if key in ("properties", "definitions")
        else _without(keywords, value)
        for key, value in node.items()
        if key not in keywords
    }


SCHEMAS: dict[str, Callable[[], Schema]] = {
    "options": all_options,
    "mkdocs": mkdocs_schema,
    "page": page_schema,
}
"""What is generated, by its name as a file of the folder `schema`."""
