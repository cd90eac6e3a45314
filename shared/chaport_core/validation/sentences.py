"""Mistakes in options: every error that pydantic finds, as one plain sentence."""

import difflib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from chaport_core.problem import MISSING, Path, Problem, describe
from chaport_core.schema.forms import TAGS
from chaport_core.schema.known import Kind, is_required, keys_at, places_of
from chaport_core.schema.methods import Methods
from chaport_core.schema.options import Device
from chaport_core.schema.own_options import PageOptions, SiteOptions

_BOOLEAN_WORDS = ("true", "false", "yes", "no", "on", "off")


def find_mistakes(plain: object, kind: Kind) -> Iterator[Problem]:
    """Problems of plain JSON values against the option types, in the order of their places."""
    try:
        _adapter(kind).validate_python(plain)
    except ValidationError as mistakes:
        yield from _problems_of(mistakes.errors(include_url=False), kind)


@cache
def _adapter(kind: Kind) -> TypeAdapter[Any]:
    types = {"SiteOptions": SiteOptions, "PageOptions": PageOptions, "Methods": Methods}
    return TypeAdapter(types[kind])


def _problems_of(errors: list[ErrorDetails], kind: Kind) -> Iterator[Problem]:
    for error in errors:
        # Tags of unions are no part of an author's path (see constraints.py).
        path = tuple(part for part in error["loc"] if part not in TAGS) or error["loc"]
        if error["type"] == "missing" and isinstance(path[-1], int):
            # Of an array too short pydantic names each entry; the author made one mistake.
            path = path[:-1]
        if error["input"] is None and _takes_away(path, kind):
            continue
        yield Problem(path, _sentence(error, path, kind))


def _takes_away(path: Path, kind: Kind) -> bool:
    """Whether a null may stand here: at an optional key of a mapping, but not as a whole row."""
    # Inside a list nothing is merged, so there is nothing to take away.
    if any(isinstance(part, int) for part in path):
        return False
    inside = path and isinstance(path[-1], str) and path[-2:-1] != ("pages",)
    known = inside and (path[-1] in keys_at(kind, path[:-1]) or not keys_at(kind, path[:-1]))
    return bool(known) and not is_required(kind, path)


def _sentence(error: ErrorDetails, path: Path, kind: Kind) -> str:
    value, found = error["input"], describe(error["input"])
    context = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            return _unknown_key(path, kind)
        case "in_site_script":
            return (
                "cannot stand in a configuration file; put it into the site's own script:"
                f" window.chaportConfig = {{{context['example']}}} (it is merged with this one)"
            )
        case "missing" if isinstance(error["loc"][-1], str):
            return MISSING
        case "missing" | "too_long" | "too_short":
            return f"expected {_entries(error, path)}, found {found}"
        case "literal_error":
            choices = str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
            close = _closest(value, choices) if isinstance(value, str) else None
            meant = f"; did you mean {close}?" if close else _text_hint(path, value)
            return f"expected one of {', '.join(choices)}, found {found}{meant}"
        case "expected_text":
            return f"expected {error['msg']}, found {found}{_text_hint(path, value)}"
        case "string_type":
            return f"expected text, found {found}{_text_hint(path, value)}"
        case "bool_type" if isinstance(value, str) and value.lower() in _BOOLEAN_WORDS:
            return f"expected true or false, found {found}; remove the quotes"
        case "dict_type" if isinstance(value, bool) and "show" in keys_at(kind, path):
            name, word = path[-1], describe(value)
            return f"expected a mapping, found {found}; did you mean {name}: {{show: {word}}}?"
        case "expected":
            return f"expected {error['msg']}, found {found}"
        case other:
            return f"expected {_EXPECTED.get(other, 'another value')}, found {found}"


_EXPECTED = {
    "bool_type": "true or false",
    "float_type": "a number",
    "greater_than_equal": "0 or more",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a mapping",
}


def _entries(error: ErrorDetails, path: Path) -> str:
    if path[-1] == "position":
        return "left or right and at most two offsets, such as [right, 20, 40]"
    if error["type"] == "missing" or error.get("ctx", {}).get("field_type") == "Tuple":
        return "[parameter key, matcher, value]"
    return "one key (the ID of a team or operator)"


def _text_hint(path: Path, value: object) -> str:
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
    *parent, key = path
    name = str(key)
    if parent[-1:] == ["devices"] and name in Device.__args__:  # type: ignore[attr-defined]
        return f"options of one device stand under configs: write devices.configs.{name}"
    keys = keys_at(kind, tuple(parent))
    close = _closest(name, keys)
    if kind == "Methods":
        word = "a parameter here" if parent else "a method of Chaport"
        named = f"did you mean {close}?" if close else f"expected one of {', '.join(keys)}"
        return f"is not {word}; {named if keys else 'this method takes none'}"
    if close:
        return f"is not an option here; did you mean {close}?"
    if parent and name in keys_at("SiteOptions", ()):
        return "is not an option here; it stands at the top of the configuration"
    elsewhere = places_of(kind, name)
    if elsewhere:
        return f"is not an option here; did you mean {'.'.join(map(str, elsewhere[0]))}?"
    advice = f"; expected one of {', '.join(keys)}" if keys else ""
    newer = " (what Chaport added since goes under unchecked)" if "unchecked" in keys else ""
    return f"is not an option here{advice}{newer}"


def _closest(name: str, names: Iterable[str]) -> str | None:
    """The name that was probably meant: `app_id` for appId, `lancher` for launcher."""
    folded = {item.replace("-", "").lower(): item for item in names}
    written = name.replace("_", "").replace("-", "").lower()
    close = difflib.get_close_matches(written, folded, n=1, cutoff=0.7)
    return folded[close[0]] if close else None
