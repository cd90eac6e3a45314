"""Checking: every mistake in a mapping of options as one plain sentence, all at once."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from chaport_core.options import Device
from chaport_core.plain import to_plain
from chaport_core.problem import Path, Problem, describe
from chaport_core.schema import is_required, keys_at, places_of
from chaport_core.secrets import find_secrets

_BOOLEAN_WORDS = ("true", "false", "yes", "no", "on", "off")


def check(value: object, kind: Any) -> tuple[Any, list[Problem]]:
    """Check `value` against a type of `options.py` or `site_options.py`.

    Returns it as plain JSON values (without what JSON cannot hold) and all its problems, in the
    order of their places. A `null` inside a mapping is none: it takes a key away.
    """
    plain, problems = to_plain(value)
    secrets = list(find_secrets(plain))
    try:
        _adapter(kind).validate_python(plain)
        errors: list[ErrorDetails] = []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    found = [*problems, *secrets, *_problems_of(errors, kind), *find_contradictions(plain)]
    return plain, list(_one_each(found))


def find_contradictions(config: object, path: Path = ()) -> Iterator[Problem]:
    """Options that are valid but do not do what their author seems to think, as warnings."""
    if not isinstance(config, Mapping):
        return
    for name in ("countries", "devices"):
        group = config.get(name)
        if isinstance(group, Mapping) and group.get("include") and group.get("exclude"):
            yield Problem(
                (*path, name, "include"),
                "is ignored by the widget because exclude is set beside it; keep one of the two",
                "warning",
            )
    language = config.get("language")
    if isinstance(language, Mapping) and language.get("use") and language.get("source"):
        yield Problem(
            (*path, "language", "source"),
            "has no effect because language.use overrides it; keep one of the two",
            "warning",
        )
    open_in = config.get("openIn")
    if isinstance(open_in, str) and open_in.startswith(("#", ".")):
        yield Problem(
            (*path, "openIn"),
            f"{describe(open_in)} names a window; to open the chat in an element of the page write"
            f" openIn: {{selector: '{open_in}'}}",
            "warning",
        )
    devices = config.get("devices")
    if isinstance(devices, Mapping) and isinstance(devices.get("configs"), Mapping):
        for device, options in devices["configs"].items():
            yield from find_contradictions(options, (*path, "devices", "configs", device))
    if isinstance(config.get("pages"), Mapping):
        for pattern, options in config["pages"].items():
            yield from find_contradictions(options, (*path, "pages", pattern))


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _problems_of(errors: list[ErrorDetails], kind: Any) -> Iterator[Problem]:
    for error in errors:
        # Tags of unions are no part of an author's path (see constraints.py).
        path = tuple(part for part in error["loc"] if not str(part).startswith("\0"))
        if error["type"] == "missing" and isinstance(path[-1], int):
            # Of an array too short pydantic names each entry; the author made one mistake.
            path = path[:-1]
        if error["input"] is None and _takes_away(path, kind):
            continue
        yield Problem(path, _sentence(error, path, kind))


def _takes_away(path: Path, kind: Any) -> bool:
    """Whether a null may stand here: at an optional key of a mapping, but not as a whole row."""
    inside = path and isinstance(path[-1], str) and path[-2:-1] != ("pages",)
    known = inside and (path[-1] in keys_at(kind, path[:-1]) or not keys_at(kind, path[:-1]))
    return bool(known) and not is_required(kind, path)


def _one_each(problems: Iterable[Problem]) -> Iterator[Problem]:
    """One mistake is one problem: keep the first of those on one path, outer or inner."""
    kept: list[Problem] = []
    for problem in sorted(problems, key=lambda problem: problem.message == _MISSING):
        # A misspelt `selector` is also a missing one.
        misspelt = problem.message == _MISSING and any(
            other.path[:-1] == problem.path[:-1] for other in kept
        )
        if not misspelt and not any(_overlap(problem.path, other.path) for other in kept):
            kept.append(problem)
    yield from kept


def _overlap(one: Path, other: Path) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def _sentence(error: ErrorDetails, path: Path, kind: Any) -> str:
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
            return _MISSING
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


_MISSING = "is missing"
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


def _unknown_key(path: Path, kind: Any) -> str:
    *parent, key = path
    name = str(key)
    if parent[-1:] == ["devices"] and name in Device.__args__:  # type: ignore[attr-defined]
        return f"options of one device stand under configs: write devices.configs.{name}"
    keys = keys_at(kind, tuple(parent))
    close = _closest(name, keys)
    if close:
        return f"is not an option here; did you mean {close}?"
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
