"""A call of the vendor's API as an author writes it into a page: read, checked, made a list.

`chaport:openIn?target=_blank` and `data-chaport="openIn" data-chaport-args='["_blank"]'` are one.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote

from chaport_core.problem import Problem, describe
from chaport_core.schema.known import ANSWERING, CALLING_BACK, keys_at
from chaport_core.validation.plain import read_json, to_plain
from chaport_core.validation.secret_values import find_secrets
from chaport_core.validation.spelling import folded
from chaport_core.validation.validate import check

SCHEME = "chaport:"


class Call(NamedTuple):
    """A call that is free of mistakes."""

    method: str
    arguments: tuple[Any, ...]
    """Plain JSON values, in the documented order."""


def read_address(address: str) -> tuple[Call | None, list[Problem]]:
    """Read `chaport:METHOD?PARAMETER=VALUE&...`; the scheme in small or capital letters.

    A value is text, JSON, or a list with commas, whichever the parameter takes first. Where a
    method takes one mapping, its keys may stand for themselves: `setActiveTrigger?message=Hi`.
    """
    method, _, query = address[len(SCHEME) :].strip().partition("?")
    method = unquote(method)
    parameters: dict[str, Any] = {}
    for key, texts in parse_qs(query, keep_blank_values=True).items():
        place = _place_of(method, key)
        holder = parameters if len(place) == 1 else parameters.setdefault(place[0], {})
        if not isinstance(holder, dict):
            holder, place = parameters, (key,)
        for value in _readings(texts):
            holder[place[-1]] = value
            # A secret is one in the first reading: as a list it would only be hidden.
            if not any(
                one.path[1:][: len(place)] == place and one.severity != "secret"
                for one in _mistakes(method, parameters)
            ):
                break
        else:
            holder[place[-1]] = next(_readings(texts))
    return _checked(method, parameters)


def read_attributes(method: str, arguments: str | None) -> tuple[Call | None, list[Problem]]:
    """Read `data-chaport` and `data-chaport-args`, a JSON list of the method's arguments."""
    method = method.strip()
    try:
        listed = read_json(arguments) if arguments and arguments.strip() else []
    except ValueError as error:
        return None, [_warning(f"data-chaport-args is no JSON ({error}); write a list: [...]")]
    names = keys_at("Methods", (method,))
    # Whatever its form: none of it may be a secret.
    spare = listed[len(names) :] if isinstance(listed, list) else listed
    held = [to_plain(item)[0] for item in (spare if isinstance(spare, list) else [spare])]
    secrets = [one for item in held for one in find_secrets({"visitor": item})]
    if secrets:
        return None, secrets[:1]
    if not isinstance(listed, list):
        found = "a text" if isinstance(listed, str) else describe(listed)
        return None, [_warning(f"data-chaport-args: expected a list, found {found}; write [...]")]
    if method in keys_at("Methods", ()) and spare:
        takes = f"only {', '.join(names)}" if names else "no arguments"
        return None, [_warning(f"{method} takes {takes}; found {len(listed)} in data-chaport-args")]
    return _checked(method, dict(zip(names, listed, strict=False)))


def _place_of(method: str, key: str) -> tuple[str, ...]:
    """Where a key of an address belongs: a parameter, or a key of the first that is a mapping."""
    names = keys_at("Methods", (method,))
    inside = [part for part in re.split(r"[.\[\]]+", key) if part]
    if inside[:1] and inside[0] in names:
        return tuple(inside[:2])
    return next(((name, key) for name in names if keys_at("Methods", (method, name))), (key,))


def _readings(texts: list[str]) -> Iterator[Any]:
    """What the texts given for one key may mean."""
    if len(texts) > 1:
        yield texts
        return
    text = texts[0]
    try:
        value = read_json(text)
    except ValueError:
        value = text
    if isinstance(value, (list, dict)):
        # Nobody writes brackets who means text; a text with brackets still follows.
        yield value
    yield text
    yield value
    parts = text.split(",")
    yield parts
    yield [_number(part) for part in parts]


def _number(text: str) -> str | float:
    try:
        value = float(text)
    except ValueError:
        return text.strip()
    return int(value) if value.is_integer() else value


def _checked(method: str, parameters: Mapping[str, Any]) -> tuple[Call | None, list[Problem]]:
    secrets = list(_secrets(method, parameters))
    if secrets:
        return None, secrets
    problems = [_warning(str(one)) for one in _mistakes(method, parameters)]
    if problems and folded(method) in _ABOUT_VISITORS:
        # What was found may be somebody's name.
        problems = [_warning(one.message.partition(", found ")[0]) for one in problems]
    if not problems and method in CALLING_BACK:
        problems = [_warning(f"{method} answers to a function; call it in the site's own script")]
    if problems:
        return None, problems
    names = [name for name in keys_at("Methods", (method,)) if name in parameters]
    call = Call(method, tuple(parameters[name] for name in names))
    if method in ANSWERING:
        hint = f"nobody hears what {method} returns here; call it in the site's own script"
        return call, [Problem((), hint, "info")]
    return call, []


def _mistakes(method: str, parameters: Mapping[str, Any]) -> list[Problem]:
    return check({method: parameters}, "Methods")[1]


_ABOUT_VISITORS = {
    "setvisitordata": {"data": "visitor", "hash": "visitorIntegrityHash"},
    "startsession": {"visitorCredentials": "session.user"},
}
"""Parameters that take what options of another name take, by method in small letters."""


def _secrets(method: str, parameters: Mapping[str, Any]) -> Iterator[Problem]:
    """Secrets in arguments, found under the names that their options have.

    A misspelt method or parameter makes none of them less secret: `data.email` and `email` of any
    method are looked for, too.
    """
    for name in (method, *parameters):
        for part in re.split(r"\W+", name):
            yield from find_secrets({"method" if name is method else "parameter": part})
    names = _ABOUT_VISITORS.get(folded(method), {})
    known = keys_at("Methods", (method,))
    for key, value in parameters.items():
        places = [names.get(key, key)]
        if key not in known:
            places.append("visitor." + re.split(r"[.\[\]]+", key.rstrip("]"))[-1])
        # Python 3.13 reads JSON that nests deeper than anything else here could follow.
        plain = to_plain(value)[0]
        yield from islice(chain.from_iterable(find_secrets(_at(one, plain)) for one in places), 1)


def _at(place: str, value: Any) -> Any:
    for part in reversed(place.split(".")):
        value = {part: value}
    return value


def _warning(message: str) -> Problem:
    return Problem((), message, "warning")
