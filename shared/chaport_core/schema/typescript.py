"""Knows how a JSON Schema of ours reads in TypeScript."""

import json
from collections.abc import Container, Iterator
from typing import Any

from chaport_core.schema.generate import Schema, options_schema


class Translator:
    """Writes TypeScript in which some types go by names."""

    def __init__(self, kinds: dict[str, Any]) -> None:
        """`kinds`: types of options by name; one may contain those before it."""
        self._names: dict[str, str] = {}
        for name, kind in kinds.items():
            self._names[self.type_of(options_schema(kind))] = name

    def names(self) -> Iterator[str]:
        """The lines that declare the names."""
        for text, name in self._names.items():
            yield f"type {name} = {text};"

    def interface(self, name: str, schema: Schema) -> Iterator[str]:
        """The lines that declare a mapping: every key with its sentence."""
        yield comment(schema["description"])
        yield f"interface {_interface_name(name)} {{"
        for key, option in schema["properties"].items():
            yield f"  {comment(option['description'])}"
            yield f"  {self.member(key, option, schema.get('required', ()))};"
        yield "}"

    def member(self, name: str, schema: Schema, required: Container[str]) -> str:
        """A key of a mapping, or a parameter of a method."""
        return f"{name}{'' if name in required else '?'}: {self.type_of(schema)}"

    def type_of(self, schema: Schema) -> str:
        """What the schema takes, but for null: only configuration files take keys away."""
        text = schema.get("tsType") or self._spelled_out(schema)
        return self._names.get(text, text)

    def _spelled_out(self, schema: Schema) -> str:
        if "$ref" in schema:
            return _interface_name(schema["$ref"].rpartition("/")[2])
        if branches := schema.get("anyOf") or schema.get("oneOf"):
            return " | ".join(self.type_of(one) for one in branches if one != {"type": "null"})
        if "enum" in schema or "const" in schema:
            return " | ".join(map(json.dumps, schema.get("enum", [schema.get("const")])))
        if schema["type"] == "array":
            return self._array(schema)
        if schema["type"] == "object":
            others = schema["additionalProperties"]
            return f"{{ [key: string]: {'any' if others is True else self.type_of(others)} }}"
        # boolean, number and string are called so in both.
        return str(schema["type"])

    def _array(self, schema: Schema) -> str:
        items = schema["items"]
        if not isinstance(items, list):
            return f"Array<{self.type_of(items)}>"
        first = [self.type_of(item) for item in items]
        more = schema["maxItems"] - len(items)
        rest = [f"{self.type_of(schema['additionalItems'])}?"] * more if more else []
        return f"[{', '.join(first + rest)}]"


def _interface_name(name: str) -> str:
    # All stand in the namespace Chaport.
    return name.removeprefix("Chaport")


def comment(sentence: str) -> str:
    """A sentence that editors show beside what follows it."""
    return f"/** {sentence} */"
