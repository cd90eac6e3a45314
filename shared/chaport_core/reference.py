"""The reference table of all options, in Markdown, made from the schema.

`python -m chaport_core.reference` prints it; the README keeps a copy.
"""

from collections.abc import Iterator
from typing import Any

from chaport_core.schema import definition, options_of


def reference_table() -> str:
    """One row an option: its path, what it takes, one sentence."""
    rows = [f"| `{path}` | {takes} | {sentence} |" for path, takes, sentence in _rows()]
    return "\n".join(["| Option | Takes | |", "|---|---|---|", *rows])


def _rows() -> Iterator[tuple[str, str, str]]:
    for name, schema in options_of("SiteOptions").items():
        yield from _rows_of(name, schema)


def _rows_of(path: str, schema: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield path, _takes(schema), schema.get("description", "").replace("|", "\\|")
    for branch in _branches(schema):
        if path not in ("pages", "devices.configs"):
            for name, inner in branch.get("properties", {}).items():
                yield from _rows_of(f"{path}.{name}", inner)


def _branches(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The kinds of value an option takes; null, which takes any option away, is not named."""
    schema = definition(schema)
    choices = schema.get("anyOf") or schema.get("oneOf")
    if not choices:
        return [] if schema.get("type") == "null" else [schema]
    return [branch for choice in choices for branch in _branches(choice)]


def _takes(schema: dict[str, Any]) -> str:
    if "doNotSuggest" in schema:
        return "site's script only"
    return " or ".join(dict.fromkeys(map(_kind, _branches(schema))))


def _kind(schema: dict[str, Any]) -> str:
    if "const" in schema:
        return f"`{str(schema['const']).lower()}`"
    if "enum" in schema:
        return ", ".join(f"`{choice}`" for choice in schema["enum"])
    if schema.get("type") == "array":
        items = schema.get("items", {})
        inner = "" if isinstance(items, list) else _takes(items)
        return f"list of {inner}" if inner and inner != "mapping" else "list"
    words = {"boolean": "true, false", "string": "text", "object": "mapping"}
    return words.get(schema["type"], str(schema["type"]))


if __name__ == "__main__":
    print(reference_table())
