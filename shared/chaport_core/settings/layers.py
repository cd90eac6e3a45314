"""Merging layers of options: mappings merge, anything else replaces, null takes a key away."""

from collections.abc import Mapping
from typing import Any

Layer = Mapping[str, Any]


def merged(under: Layer, over: Layer) -> dict[str, Any]:
    """`over` laid upon `under` (RFC 7396, JSON Merge Patch); neither is changed."""
    result = dict(under)
    for key, value in over.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping):
            below = result.get(key)
            result[key] = merged(below if isinstance(below, Mapping) else {}, value)
        else:
            result[key] = value
    return result


def as_layer(value: bool | Layer) -> Layer:
    """`false` is `{enabled: false}`, `true` is `{enabled: true}`."""
    return {"enabled": value} if isinstance(value, bool) else value
