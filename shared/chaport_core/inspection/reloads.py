"""Which options only a document load can change: `transition` of browser/runtime.js, in Python.

A test asks both about the same pairs of configurations. Here the answer is not the commands but
the options that have none.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

Config = Mapping[str, Any]


def load_reasons(before: Config, after: Config) -> list[str]:
    """The options because of which the document is loaded between two pages; none: commands do.

    Both configurations must be valid, each as the widget has it on its page.
    """
    if _opens_in_element(before) or _opens_in_element(after):
        return ["openIn.selector"]
    one, other = _without_commanded(before), _without_commanded(after)
    names = dict.fromkeys([*one, *other])
    reasons = [path for name in names for path in _differences(name, one, other)]
    for path, (at, state_of) in _COMMANDED.items():
        left, wanted = state_of(at(before)), state_of(at(after))
        if _same(left, wanted):
            continue
        is_unset = wanted is None or _lacks(wanted, left)
        if is_unset or any(at(device) is not None for device in _on_devices(after)):
            reasons.append(path)
    # Triggers may be among both.
    return list(dict.fromkeys(reasons))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _on_devices(config: Config) -> list[Mapping[str, Any]]:
    configs = _mapping(_mapping(config.get("devices")).get("configs"))
    return [_mapping(device) for device in configs.values()]


def _opens_in_element(config: Config) -> bool:
    every = (config, *_on_devices(config))
    return any(_mapping(one.get("openIn")).get("selector") for one in every)


def _without_commanded(config: Config) -> dict[str, Any]:
    """A configuration without what commands can change."""
    rest = {
        name: value
        for name, value in config.items()
        if name not in ("launcher", "assignments", "visitor", "appearance", "triggers")
    }
    appearance = _mapping(config.get("appearance"))
    rest["appearance"] = {key: item for key, item in appearance.items() if key != "position"}
    triggers = _mapping(config.get("triggers"))
    # With both, the documentation does not say which of them the widget heeds.
    is_double = triggers.get("enabled") is not None and triggers.get("disabled") is not None
    rest["triggers"] = triggers if is_double else None
    return rest


def _differences(name: str, one: Config, other: Config) -> list[str]:
    if name not in one or name not in other:
        return [name]
    if _same(one[name], other[name]):
        return []
    # A part of the appearance is an option of its own to an author.
    if name == "appearance":
        keys = dict.fromkeys([*one[name], *other[name]])
        return [f"{name}.{key}" for key in keys if _differences(key, one[name], other[name])]
    return [name]


def _launcher(show: Any) -> Any:
    return ["hide" if show is False else "show"]


def _triggers(option: Any) -> Any:
    """Whether all are on, and those that are not like all; None where nobody set it."""
    said = {"enabled": False} if option is False else _mapping(option)
    enabled, disabled = said.get("enabled"), said.get("disabled")
    if enabled is None and disabled is None:
        return None
    value = disabled if enabled is None else enabled
    is_list = isinstance(value, list)
    is_on_first = enabled is None if is_list else value == (enabled is not None)
    return [is_on_first, value if is_list else []]


def _as_it_is(value: Any) -> Any:
    return value


# Where an option that commands can change stands, and what its value asks of the widget.
_COMMANDED: dict[str, tuple[Callable[[Config], Any], Callable[[Any], Any]]] = {
    "launcher.show": (lambda config: _mapping(config.get("launcher")).get("show"), _launcher),
    "appearance.position": (
        lambda config: _mapping(config.get("appearance")).get("position"),
        _as_it_is,
    ),
    "triggers": (lambda config: config.get("triggers"), _triggers),
    "assignments": (lambda config: config.get("assignments"), _as_it_is),
    "visitor": (lambda config: config.get("visitor"), _as_it_is),
}


def _is_mapping(value: Any) -> bool:
    # The runtime knows a plain object by its constructor.
    return isinstance(value, Mapping) and "constructor" not in value


def _same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same to the runtime, so to JavaScript."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        left, right = float(one), float(other)
        return left == right and math.copysign(1, left) == math.copysign(1, right)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if _is_mapping(one) and _is_mapping(other):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    # Two objects that are no plain ones are never the same.
    return type(one) is type(other) and not isinstance(one, Mapping) and bool(one == other)


def _lacks(value: Any, old: Any) -> bool:
    """Whether something of an old value is missing in the new one: who knows what it returns to?"""
    if not (_is_mapping(value) and _is_mapping(old)):
        return False
    return any(key not in value or _lacks(value[key], old[key]) for key in old)
