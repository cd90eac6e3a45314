"""Merging layers of options, and which layer each value came from."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from chaport_core.problem import Path

Layer = Mapping[str, Any]


class Origin(NamedTuple):
    """The layer that had the last word on an option."""

    value: Any
    """The value it gave; None where it took the key away."""
    layer: str
    """Its name: `site`, `row "api/**"`, `front matter`."""


class Merged(NamedTuple):
    """Layers of options as one."""

    config: dict[str, Any]
    origins: dict[Path, Origin]
    """The origin of each option that a layer names, by its path."""


def merge(layers: Iterable[tuple[str, Layer]]) -> Merged:
    """Merge named layers, the outermost first; no layer is changed.

    Mappings merge, anything else replaces, and null takes a key away (RFC 7396, JSON Merge Patch).
    """
    merged = Merged({}, {})
    for name, layer in layers:
        _merge(merged.config, layer, name, (), merged.origins)
    return merged


def _merge(
    config: dict[str, Any], layer: Layer, name: str, path: Path, origins: dict[Path, Origin]
) -> None:
    for key, value in layer.items():
        place = (*path, key)
        if isinstance(value, Mapping):
            below = config.get(key)
            if not isinstance(below, dict):
                below = config[key] = {}
            if value and place in origins and origins[place].value is not None:
                # It had a value and has keys now. Where it was taken away, that still counts.
                del origins[place]
            if not value and not below:
                origins[place] = Origin({}, name)
            _merge(below, value, name, place, origins)
            continue
        if isinstance(config.get(key), dict):
            for known in [known for known in origins if known[: len(place)] == place]:
                del origins[known]
        origins.pop(place, None)
        origins[place] = Origin(value, name)
        if value is None:
            config.pop(key, None)
        else:
            config[key] = value


def as_layer(value: bool | Layer) -> Layer:
    """`false` is `{enabled: false}`, `true` is `{enabled: true}`."""
    return {"enabled": value} if isinstance(value, bool) else value
