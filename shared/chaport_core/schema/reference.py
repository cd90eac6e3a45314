"""The reference of all options and methods, in Markdown, made from the schema.

`chaport reference` prints it; the documentation site fills it into two of its pages.
"""

from collections.abc import Iterator
from typing import Any

from chaport_core.schema.known import ANSWERING, CALLING_BACK, definition, options_of


def write_reference() -> str:
    """All of it."""
    return "\n\n".join([vendor_options(), own_options(), callable_methods()])


def vendor_options() -> str:
    """Chaport's own options, a section each."""
    return "\n\n".join(_section(name) for name in options_of("PageOptions") if name != "enabled")


def own_options() -> str:
    """The options that no widget ever sees, a section each."""
    vendors = options_of("PageOptions").keys() - {"enabled"}
    return "\n\n".join(_section(name) for name in options_of("SiteOptions") if name not in vendors)


def callable_methods() -> str:
    """Every method that a chat link can call, a row each."""
    rows = [
        f"| `{name}` | {_parameters(schema)} | {_sentence(schema)} |"
        for name, schema in options_of("Methods").items()
        if name not in ANSWERING | CALLING_BACK
    ]
    return "\n".join(["| Method | Parameters | |", "|---|---|---|", *rows])


def _section(name: str) -> str:
    """A heading, a sentence, and a table of what stands inside."""
    schema = options_of("SiteOptions")[name]
    parts = [f"### {name}", _sentence(schema), f"Takes: {_takes(schema)}"]
    rows = [
        f"| `{path}` | {takes} | {sentence} |" for path, takes, sentence in _inside(name, schema)
    ]
    if rows:
        parts.append("\n".join(["| Option | Takes | |", "|---|---|---|", *rows]))
    return "\n\n".join(parts)


def _inside(path: str, schema: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    if path in ("pages", "devices.configs"):
        return
    for branch in _branches(schema):
        for name, inner in branch.get("properties", {}).items():
            yield f"{path}.{name}", _takes(inner), _sentence(inner)
            yield from _inside(f"{path}.{name}", inner)


def _sentence(schema: dict[str, Any]) -> str:
    # Python-Markdown takes <html lang> for a tag.
    sentence: str = schema.get("description", "")
    return sentence.replace("|", "\\|").replace("<", "&lt;")


def _parameters(schema: dict[str, Any]) -> str:
    return "; ".join(
        f"`{name}`: {_takes(inner)}"
        for branch in _branches(schema)
        for name, inner in branch.get("properties", {}).items()
    )


def _branches(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The kinds of value an option takes; null, which takes any option away, is not named."""
    schema = definition(schema)
    choices = schema.get("anyOf")
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
