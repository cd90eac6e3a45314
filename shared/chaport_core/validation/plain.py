"""What JSON can hold: turns a host's values into plain ones and names what cannot be said."""

import datetime
import json
import math
from collections.abc import Mapping
from itertools import count
from typing import Any

from chaport_core.problem import Path, Problem, describe

_DEEPEST = 32
_LARGEST = 2**1023
"""Beyond it JavaScript has Infinity only."""
_MOST = 100_000
"""Values. A few lines of YAML aliases can stand for more than any memory holds."""
_LEFT_OUT = object()
# Assigning such a key in the browser would change an object's prototype instead of adding a key.
_JAVASCRIPT_NAMES = frozenset({"__proto__", "constructor", "prototype"})


def read_json(text: str) -> Any:
    """The value of a JSON text; ValueError where it is none, or none that JavaScript takes."""

    def refuse(name: str) -> Any:
        raise ValueError(f"{name} is no JSON value")

    try:
        return json.loads(text, parse_constant=refuse, parse_int=_whole_number)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _whole_number(digits: str) -> int:
    try:
        return int(digits)
    except ValueError as error:
        # More than 4,300 digits; what Python says of them is advice for programmers.
        raise ValueError("a number has too many digits") from error


def to_plain(value: object) -> tuple[Any, list[Problem]]:
    """Return `value` with tuples as lists and mappings as dicts, and a problem for each rest.

    What has a problem (dates, NaN, functions, keys that are not text) is left out; a list that
    holds such a value is left out whole.
    """
    problems: list[Problem] = []
    plain = _plain(value, (), (), problems, count(1))
    return (None if plain is _LEFT_OUT else plain), problems


def _plain(
    value: object,
    path: Path,
    around: tuple[int, ...],
    problems: list[Problem],
    numbers: "count[int]",
) -> Any:
    number = next(numbers)
    if number > _MOST:
        if number == _MOST + 1:
            problems.append(Problem(path[:1], f"holds more than {_MOST:,} values; write fewer"))
        return _LEFT_OUT
    # A YAML alias can make a mapping contain itself.
    if len(path) > _DEEPEST or id(value) in around:
        message = f"contains itself, or is nested more than {_DEEPEST} levels deep"
        problems.append(Problem(path[:3] if len(path) > _DEEPEST else path, message))
        return _LEFT_OUT
    if isinstance(value, Mapping):
        items = ((key, item) for key, item in value.items() if _is_key(key, path, problems))
        plain = {
            key: _plain(item, (*path, key), (*around, id(value)), problems, numbers)
            for key, item in items
        }
        return {key: item for key, item in plain.items() if item is not _LEFT_OUT}
    if isinstance(value, (list, tuple)):
        entries = [
            _plain(item, (*path, index), (*around, id(value)), problems, numbers)
            for index, item in enumerate(value)
        ]
        return _LEFT_OUT if _LEFT_OUT in entries else entries
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int) and abs(value) < _LARGEST:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    problems.append(Problem(path, _why_not(value)))
    return _LEFT_OUT


def _is_key(key: object, path: Path, problems: list[Problem]) -> bool:
    if isinstance(key, str) and key not in _JAVASCRIPT_NAMES:
        return True
    if isinstance(key, str):
        message = "has a meaning of its own in JavaScript; choose another name"
    else:
        message = (
            f"expected a key that is text, found {describe(key)};"
            " YAML reads on, off, yes, no and numbers as values, so put the key in quotes"
        )
    problems.append(Problem((*path, str(key)), message))
    return False


def _why_not(value: object) -> str:
    if isinstance(value, (datetime.date, datetime.time)):
        return f"found {describe(value)}, which JSON cannot hold; put it in quotes to make it text"
    if isinstance(value, int):
        return "found a number too large for JavaScript; write an ordinary number"
    if isinstance(value, float):
        return f"found {describe(value)}, which JSON cannot hold; write an ordinary number"
    if callable(value):
        return (
            f"found {describe(value)}; functions belong in the site's own script, which may put"
            " them into window.chaportConfig"
        )
    return f"found {describe(value)}, which JSON cannot hold"
