"""Judges options by `options.json`: one walk over a value finds every mistake and explains it.

It reads the keywords that our generator writes and no others. A JSON Schema library would save few
of these lines, because its errors have to be translated into what an author wrote, and it takes
about three times as long to import as a whole site's options to check.
"""

import re
from collections.abc import Iterator
from typing import Any

from chaport_core.problem import MISSING, Path, Problem, describe
from chaport_core.schema.known import (
    Kind,
    Schema,
    child,
    definition,
    definition_of,
    keys_at,
    place_of,
)
from chaport_core.validation.spelling import closest

_TYPES: dict[str, tuple[Any, str]] = {
    "object": (dict, "a mapping"),
    "array": (list, "a list"),
    "string": (str, "text"),
    "boolean": (bool, "true or false"),
    "number": ((int, float), "a number"),
    "null": (type(None), "nothing"),
}
"""JSON's types: what holds them in Python, and what an author calls them."""
_BOOLEAN_WORDS = ("true", "false", "yes", "no", "on", "off")


def find_mistakes(plain: object, kind: Kind) -> Iterator[Problem]:
    """Every mistake of type, form or name in plain JSON values.

    Known keys of a mapping come in the documented order, unknown ones after them. What a value
    holds comes before the value itself.
    """
    return _judge(plain, definition_of(kind), (), kind)


def _judge(value: Any, schema: Schema | bool, path: Path, kind: Kind) -> Iterator[Problem]:
    # As in JSON Schema: true takes anything, false nothing.
    if schema is False:
        yield Problem(path, _unknown_key(path, kind))
    if isinstance(schema, bool):
        return
    schema = _branch_for(value, schema)
    if not (_is_of_type(value, schema) and _is_of_form(value, schema)):
        yield Problem(path, _sentence(value, schema, path))
    elif isinstance(value, dict):
        for name in {**schema.get("properties", {}), **value}:
            if name in value:
                yield from _judge(value[name], child(schema, name), (*path, name), kind)
            elif name in schema.get("required", ()):
                yield Problem((*path, name), MISSING)
        yield from _judge_size(value, schema, path, "Properties")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _judge(item, child(schema, index), (*path, index), kind)
        yield from _judge_size(value, schema, path, "Items")


def _judge_size(
    value: dict[str, Any] | list[Any], schema: Schema, path: Path, unit: str
) -> Iterator[Problem]:
    size = len(value)
    if not schema.get(f"min{unit}", 0) <= size <= schema.get(f"max{unit}", size):
        yield Problem(path, f"expected {schema['holds']}, found {describe(value)}")


def _branch_for(value: Any, schema: Schema) -> Schema:
    """What a union says of values of this type.

    Where it takes none of them: the union, if it has words of its own, or else its first branch.
    """
    schema = definition(schema)
    branches = schema.get("anyOf")
    if not branches:
        return schema
    for branch in branches:
        if _is_of_type(value, definition(branch)):
            return _branch_for(value, branch)
    return schema if "expected" in schema else _branch_for(value, branches[0])


def _is_of_type(value: Any, schema: Schema) -> bool:
    if "anyOf" in schema:
        return any(_is_of_type(value, definition(branch)) for branch in schema["anyOf"])
    if "const" in schema:
        # true or false, of which there is one each.
        return value is schema["const"]
    return isinstance(value, _TYPES[schema["type"]][0]) and (
        schema["type"] == "boolean" or not isinstance(value, bool)
    )


def _is_of_form(value: Any, schema: Schema) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    if "pattern" in schema:
        # Without its ^ and $: Python's $ also matches before a last line break.
        return re.fullmatch(schema["pattern"][1:-1], value) is not None
    return "minimum" not in schema or bool(value >= schema["minimum"])


def _sentence(value: Any, schema: Schema, path: Path) -> str:
    if "example" in schema:
        return (
            "cannot stand in a configuration file; put it into the site's own script:"
            f" window.chaportConfig = {{{schema['example']}}} (it is merged with this one)"
        )
    if "doNotSuggest" in schema:
        return "is for a server to fill in, for one visitor at a time; remove it"
    hint = _hint(value, schema, path)
    return f"expected {_expected(value, schema)}, found {describe(value)}{hint}"


def _expected(value: Any, schema: Schema) -> str:
    if "enum" in schema:
        return f"one of {', '.join(schema['enum'])}"
    if "minimum" in schema and _is_of_type(value, schema):
        return f"{schema['minimum']} or more"
    words: str = schema.get("expected") or _TYPES[schema["type"]][1]
    return words


def _hint(value: Any, schema: Schema, path: Path) -> str:
    """The next step, where what was found gives it away."""
    match schema.get("type"):
        case "string" if isinstance(value, str) and (
            close := closest(value, schema.get("enum", ()))
        ):
            return f"; did you mean {close}?"
        case "string":
            return _text_hint(value, path)
        case "boolean" if isinstance(value, str) and value.lower() in _BOOLEAN_WORDS:
            return "; remove the quotes"
        case "object" if isinstance(value, bool) and "show" in schema.get("properties", {}):
            return f"; did you mean {path[-1]}: {{show: {describe(value)}}}?"
    return ""


def _text_hint(value: Any, path: Path) -> str:
    if path[-1] == "appId":
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return (
                "; YAML turned it into a number, so put it in quotes: appId: '…'; the value of a"
                " variable read with !ENV needs quotes inside it: CHAPORT_APP_ID='\"…\"'"
            )
        return "; copy it from Settings → Installation code in Chaport"
    if isinstance(value, bool):
        return "; YAML reads on, off, yes, no as true and false, so put the word in quotes"
    return ""


def _unknown_key(path: Path, kind: Kind) -> str:
    parent, name = path[:-1], str(path[-1])
    if name in keys_at(kind, (*parent, "configs")):
        return f"options of one device stand under configs: write devices.configs.{name}"
    keys = keys_at(kind, parent)
    close = closest(name, keys)
    if kind == "Methods":
        word = "a parameter here" if parent else "a method of Chaport"
        named = f"did you mean {close}?" if close else f"expected one of {', '.join(keys)}"
        return f"is not {word}; {named if keys else 'this method takes none'}"
    if close:
        return f"is not an option here; did you mean {close}?"
    if parent and name in keys_at("SiteOptions", ()):
        return "is not an option here; it stands at the top of the configuration"
    elsewhere = place_of(kind, name)
    if elsewhere:
        return f"is not an option here; did you mean {'.'.join(elsewhere)}?"
    advice = f"; expected one of {', '.join(keys)}" if keys else ""
    newer = " (what Chaport added since goes under unchecked)" if "unchecked" in keys else ""
    return f"is not an option here{advice}{newer}"
