"""A page's own settings: reads every spelling of `chaport` that front matter can hold."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chaport_core.problem import Path, Problem, describe
from chaport_core.schema.known import keys_at
from chaport_core.settings.layers import Layer
from chaport_core.settings.site import NO_APP_ID
from chaport_core.validation.plain import read_json, to_plain
from chaport_core.validation.secret_values import find_secrets, flat_secret
from chaport_core.validation.spelling import folded
from chaport_core.validation.validate import check

_WORDS = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}
_QUOTING = (
    "is empty; # starts a comment in YAML, so put a value that begins with # in quotes,"
    " or remove the line"
)
_NO_CHAT = "; this page gets no chat until that is mended"
_NESTED_LEAKS = (
    "is empty and its nested lines were read as keys of their own, because this reader takes no"
    ' YAML; write it as one line of JSON: chaport: {"launcher": {"show": false}}'
)


def read_front_matter(metadata: Mapping[Any, Any]) -> tuple[Layer | None, list[Problem]]:
    """Read what a page says about chat.

    `metadata`: the front matter as the host read it, values native or text. Returns the page's
    layer (None when it says nothing) and its problems; of mistaken settings only the offending
    keys are left out, and what could have said "off" counts as off.
    """
    # Most keys of most pages end here: their first letter is looked at first.
    keys = [
        key
        for key in metadata
        if isinstance(key, str) and key[:1] in "cC" and key[:7].lower() == "chaport"
    ]
    if not keys:
        return None, []
    layer: dict[str, Any] = {}
    problems: list[Problem] = []
    for key in sorted(keys, key=folded):
        name = folded(key)[7:]
        value = _joined(metadata[key])
        if name:
            read, found = _read_flat(key, name, value)
        elif value == "" and _leaked(metadata):
            read, found = {"enabled": False}, [Problem((key,), _NESTED_LEAKS + _NO_CHAT)]
        else:
            read, found = _read_whole(key, value)
        # Of two spellings of `chaport` the one that says off holds.
        off = layer.get("enabled") is False
        layer.update(read)
        layer.update({"enabled": False} if off else {})
        problems += found
    return layer, problems


def unread_keys(text: str, metadata: Iterable[Any]) -> list[str]:
    """The `chaport` keys that stand in the head of a source text but not in its metadata.

    Hosts give up front matter silently: MkDocs renders broken YAML as text (1.6, utils/meta.py),
    Python-Markdown ends its metadata at the first line that is no key.
    """
    if "chaport" not in text[:4000].lower():
        return []
    read = {folded(key) for key in metadata if isinstance(key, str)}
    unread, outer = [], ""
    for line in _head(text[:4000]).splitlines():
        found = _KEY.match(line)
        if not line.startswith(" "):
            outer = folded(found[1]) if found else ""
        elif outer in read:
            # A part of that key's value, which was read.
            continue
        if found and folded(found[1]).startswith("chaport") and folded(found[1]) not in read:
            unread.append(found[1])
    return unread


_KEY = re.compile(r"[ ]{0,3}:?[\"']?([\w.\-]+)[\"']?[ ]*:")
_CLOSED = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.S | re.M)


# A fence that is not closed, or a key: what begins otherwise is a page without front matter.
_FIRST_LINE = re.compile(r"---|:?\w[\w ./\-]*:")


def _head(text: str) -> str:
    closed = _CLOSED.match(text)
    if closed:
        return closed[1]
    lines = text.lstrip("\ufeff").lstrip("\n").splitlines()
    if not lines or not _FIRST_LINE.match(lines[0]):
        return ""
    end = next((index for index, line in enumerate(lines) if index and not line.strip()), None)
    return "\n".join(lines[:end])


def unread_problem(keys: list[str]) -> Problem:
    """The warning about keys that `unread_keys` found."""
    return Problem(
        (keys[0],),
        "stands in front matter that could not be read as a whole (bad YAML, or a line before it"
        " that is no key)" + _NO_CHAT,
    )


def _read_whole(key: str, value: object) -> tuple[Layer, list[Problem]]:
    if value is None or value == "":
        return {}, [Problem((key,), _QUOTING)]
    if not isinstance(value, Mapping):
        secrets = list(find_secrets(to_plain(value)[0], (key,)))
        if secrets:
            return {"enabled": False}, secrets
    if isinstance(value, str):
        word = _WORDS.get(value.lower())
        if word is not None:
            value = word
        elif value.startswith("{"):
            try:
                value = read_json(value)
            except ValueError as error:
                message = f"is not a line of JSON ({error}){_NO_CHAT}"
                return {"enabled": False}, [Problem((key,), message)]
    if isinstance(value, bool):
        return {"enabled": value}, []
    if not isinstance(value, Mapping):
        message = f"expected true, false or a mapping of options, found {describe(value)}"
        return {"enabled": False}, [Problem((key,), message + _NO_CHAT)]
    return _read_mapping(key, value)


def _read_mapping(key: str, value: Mapping[Any, Any]) -> tuple[Layer, list[Problem]]:
    plain, problems = check(value, "PageOptions")
    for problem in problems:
        if problem.severity != "warning":
            _leave_out(plain, problem.path)
    if any(problem.path[:1] == ("enabled",) for problem in problems):
        plain["enabled"] = False
        problems = [
            Problem(problem.path, problem.message + _NO_CHAT, problem.severity)
            if problem.path[:1] == ("enabled",)
            else problem
            for problem in problems
        ]
    if plain.get("appId", ...) is None:
        del plain["appId"]
        problems.append(Problem(("appId",), NO_APP_ID))
    return plain, [problem.under(key) for problem in problems]


def _leave_out(plain: dict[str, Any], path: Path) -> None:
    """Remove the offending key; a list that holds a mistake goes whole, as does what it empties."""
    keys = list(path)
    while any(isinstance(part, int) for part in keys):
        keys.pop()
    if not keys:
        return
    *outer, key = keys
    parents: list[Any] = [plain]
    for part in outer:
        parents.append(parents[-1].get(part) if isinstance(parents[-1], dict) else None)
    if isinstance(parents[-1], dict):
        parents[-1].pop(key, None)
    for parent, inner, part in zip(parents[-2::-1], parents[:0:-1], outer[::-1], strict=True):
        if inner == {} and isinstance(parent, dict):
            del parent[part]


def _read_flat(key: str, name: str, value: object) -> tuple[Layer, list[Problem]]:
    secret = flat_secret(name, value)
    if secret:
        return {}, [Problem((key,), f"{secret}; remove it", "secret")]
    if name not in _FLAT:
        message = (
            "is not one of the flat keys (chaport_launcher, chaport_open_in, chaport_language,"
            " chaport_triggers, chaport_history, chaport_close_button, chaport_responsive);"
            ' write it as one line of JSON: chaport: {"launcher": {"show": false}}'
        )
        if name == "enabled":
            return {"enabled": False}, [Problem((key,), f"{message}, or chaport: false{_NO_CHAT}")]
        return {}, [Problem((key,), message)]
    if value is None or value == "":
        return {}, [Problem((key,), _QUOTING)]
    if isinstance(value, str) and name != "language":  # `no` is Norwegian
        value = _WORDS.get(value.lower(), value)
    read = _FLAT[name](value)
    _, problems = check(read, "PageOptions")
    if problems:
        return {}, [Problem((key,), problems[0].message, problems[0].severity)]
    return read, []


def _open_in(value: object) -> Layer:
    selector = isinstance(value, str) and value.startswith(("#", "."))
    return {"openIn": {"selector": value} if selector else value}


_FLAT: dict[str, Callable[[object], Layer]] = {
    "launcher": lambda value: {"launcher": {"show": value}},
    "openin": _open_in,
    "language": lambda value: {"language": {"use": value}},
    "triggers": lambda value: {"triggers": value if value is not True else {"enabled": True}},
    "history": lambda value: {"history": value},
    "closebutton": lambda value: {"closeButton": value},
    "responsive": lambda value: {"responsive": value},
}


def _joined(value: object) -> object:
    """Python-Markdown gives continued lines as a list of texts, reST as one text."""
    if isinstance(value, list) and value and all(isinstance(line, str) for line in value):
        value = "\n".join(value)
    return value.strip() if isinstance(value, str) else value


def _leaked(metadata: Mapping[Any, Any]) -> bool:
    """Whether options stand at top level: Python-Markdown reads 2-space YAML that way."""
    names = {folded(option) for option in keys_at("PageOptions", ())} - {"language"}
    return any(isinstance(key, str) and folded(key) in names for key in metadata)
