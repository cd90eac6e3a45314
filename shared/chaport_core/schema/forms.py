"""What an option demands beyond its Python type: patterns, alternatives, offsets, places."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict, Discriminator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, use_attribute_docstrings=True)
"""How every mapping of options is checked: no unknown keys, no conversions, no NaN."""


@dataclass(frozen=True)
class Matching:
    """Text of one form: a regular expression (JavaScript's dialect too) and its plain words."""

    pattern: str
    expected: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.custom_error_schema(
            core_schema.str_schema(pattern=self.pattern, strict=True),
            custom_error_type="expected_text",
            custom_error_message=self.expected,
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": self.pattern}


@dataclass(frozen=True)
class InSiteScript:
    """A documented option whose value is a function or an object of the page.

    No configuration file can hold one; `example` is how the site's own script says it, `type` what
    it may be there, in TypeScript.
    """

    example: str
    type: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def refuse(value: object) -> object:
            raise PydanticCustomError("in_site_script", "{example}", {"example": self.example})

        return core_schema.no_info_plain_validator_function(refuse)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return _out_of_reach(self.type)


@dataclass(frozen=True)
class NeverOnAPage:
    """A documented option that only a server may fill in; `secrets.py` refuses it anywhere.

    `type`: what it is in a page that a server makes for one visitor, in TypeScript.
    """

    type: str = "string"

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.any_schema()

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return _out_of_reach(self.type)


def _out_of_reach(typescript: str) -> JsonSchemaValue:
    # doNotSuggest is what VS Code's JSON and YAML servers read to keep a key out of completion.
    return {"type": "null", "doNotSuggest": True, "tsType": typescript}


@dataclass(frozen=True)
class InTypeScript:
    """A value of which a script may say more than a configuration file: `type`, in TypeScript."""

    type: str

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        # tsType is the keyword that json-schema-to-typescript reads, too.
        return {**handler(schema), "tsType": self.type}


@dataclass(frozen=True)
class CornerAndOffsets:
    """`[side]`, `[side, x]` or `[side, x, y]`: pydantic has no such tuple, its core has."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.tuple_schema(
            [core_schema.literal_schema(["left", "right"]), core_schema.float_schema(strict=True)],
            variadic_item_index=1,
            min_length=1,
            max_length=3,
            strict=False,
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {
            "type": "array",
            "items": [{"enum": ["left", "right"]}],
            "additionalItems": {"type": "number"},
            "minItems": 1,
            "maxItems": 3,
        }


# A tag is no key an author could write, so that `schema.py` can tell both apart in an error's path.
BOOLEAN, FALSE, NUMBER, TEXT = "\0boolean", "\0false", "\0number", "\0text"
LIST, MAPPING = "\0list", "\0mapping"
TAGS = frozenset({BOOLEAN, FALSE, NUMBER, TEXT, LIST, MAPPING})

_KINDS: dict[str, Callable[[object], bool]] = {
    BOOLEAN: lambda value: isinstance(value, bool),
    FALSE: lambda value: value is False,
    NUMBER: lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    TEXT: lambda value: isinstance(value, str),
    LIST: lambda value: isinstance(value, (list, tuple)),
    MAPPING: lambda value: isinstance(value, Mapping),
}


def one_of(expected: str, *tags: str) -> Discriminator:
    """Choose a union's branch by the kind of the value, so that one mistake is one problem."""

    def kind(value: object) -> str | None:
        return next((tag for tag in tags if _KINDS[tag](value)), None)

    return Discriminator(kind, custom_error_type="expected", custom_error_message=expected)
