"""What no Python type says of an option: keywords of its JSON Schema.

Besides JSON Schema's own there are five. `expected` and `holds` are words of the sentence about a
mistake: what the value should be, and what a list or mapping of the wrong size should hold.
`example` is how the site's own script says what no file can. `tsType` is read by
json-schema-to-typescript, `doNotSuggest` by editors, which leave such a key out of completion.
"""

from typing import Any

from pydantic import ConfigDict, GetJsonSchemaHandler, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

CLOSED = ConfigDict(extra="forbid", use_attribute_docstrings=True)
"""A mapping without other keys, whose docstrings are the descriptions of its options."""


class Keywords:
    """Keywords that are added to the JSON Schema of the type they annotate."""

    def __init__(self, **keywords: Any) -> None:
        self._keywords = keywords

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), **self._keywords}


def in_site_script(example: str, kind: str) -> WithJsonSchema:
    """A documented option whose value is a function or an object of the page.

    No configuration file can hold one. `kind`: what it is in the site's own script, in TypeScript.
    """
    return WithJsonSchema({**_out_of_reach(kind), "example": example})


def never_on_a_page(kind: str = "string") -> WithJsonSchema:
    """A documented option that only a server may fill in; `secret_values.py` refuses it anywhere.

    `kind`: what it is in a page that a server makes for one visitor, in TypeScript.
    """
    return WithJsonSchema(_out_of_reach(kind))


def _out_of_reach(kind: str) -> dict[str, Any]:
    return {"type": "null", "doNotSuggest": True, "tsType": kind}
