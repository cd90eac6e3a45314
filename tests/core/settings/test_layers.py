"""Layers of options merge by one rule, and each value has the origin that it came from."""

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaport_core.settings.layers import Layer, merge

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "merge.json").read_text("utf-8"))
KEYS = st.sampled_from("abc")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=2) | st.just([{"a": None}]),
    lambda inner: st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
LAYERS = st.lists(st.dictionaries(KEYS, VALUES, max_size=3), max_size=4)


def named(layers: list[Layer]) -> Iterator[tuple[str, Layer]]:
    return ((str(index), layer) for index, layer in enumerate(layers))


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["why"] for vector in VECTORS])
def test_the_vectors(vector: dict[str, Any]) -> None:
    before = copy.deepcopy(vector)
    assert merge(named(vector["layers"])).config == vector["merged"]
    assert vector == before


def patched(target: Any, patch: Any) -> Any:
    """RFC 7396, section 2, line by line."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = patched(result.get(name), value)
    return result


@given(LAYERS)
def test_layers_merge_as_json_merge_patch_says(layers: list[Layer]) -> None:
    expected: Any = {}
    for layer in layers:
        expected = patched(expected, layer)
    config = merge(named(layers)).config
    # As text: a page's record keeps the order of keys, too.
    assert json.dumps(config) == json.dumps(expected)


def leaves(config: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[Any, Any]]:
    for key, value in config.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


@given(LAYERS)
def test_each_value_has_the_layer_that_said_it_last(layers: list[Layer]) -> None:
    config, origins = merge(named(layers))
    told = {path: one.value for path, one in origins.items() if one.value not in (None, {})}
    assert told == dict(leaves(config))
    for path, origin in origins.items():
        value: Any = layers[int(origin.layer)]
        for key in path:
            value = value[key]
        assert value == origin.value


def test_many_options_take_time_by_their_number(
    at_most: Callable[[float], AbstractContextManager[None]],
) -> None:
    many = {"visitor": {"custom": {f"field{number}": number for number in range(30_000)}}}
    with at_most(5):
        config, origins = merge([("site", many), ("front matter", many)])
    assert config == many
    assert {origin.layer for origin in origins.values()} == {"front matter"}
