"""The judge refuses what a JSON Schema library refuses, and many mistakes take little time."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from tests.core.validation.test_options import APP_ID, EXAMPLES

from chaport_core.problem import MISSING, Path, Problem
from chaport_core.schema.known import Kind, definition, definition_of, schema_text
from chaport_core.validation.judge import find_mistakes
from chaport_core.validation.plain import to_plain
from chaport_core.validation.validate import check, one_each

DEFINITIONS = json.loads(schema_text("options"))["definitions"]
KINDS: tuple[Kind, ...] = ("SiteOptions", "PageOptions", "Methods")
BY_JSONSCHEMA = {
    kind: Draft7Validator({"$ref": f"#/definitions/{kind}", "definitions": DEFINITIONS})
    for kind in KINDS
}

# --- Values -------------------------------------------------------------------------------------

JUNK: list[Any] = [None, True, False, 0, 5, -1, 1.5, "", "x", "true", "en", "EN", "left", [], {}]
JUNK += [["right"], [5], [None], ["a", "b", "c", "d"], {"a": 1}, {"a": True}, {"selector": "#x"}]


def exact(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    """Values of a schema; of its inner values, any may be junk."""
    schema = definition(schema)
    if branches := schema.get("anyOf"):
        return st.one_of([exact(branch, depth) for branch in branches])
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    if schema.get("properties"):
        options = {
            name: near(child, depth - 1)
            for name, child in schema["properties"].items()
            if depth > 0 or name not in ("devices", "pages")
        }
        kept = st.lists(st.sampled_from(sorted(options)), max_size=3, unique=True)
        known = kept.flatmap(lambda names: st.fixed_dictionaries({n: options[n] for n in names}))
        return known | st.builds(lambda one, key: {**one, key: 5}, known, st.sampled_from("ab"))
    match schema.get("type"):
        case "object":
            inner = schema.get("additionalProperties")
            values = near(inner, depth - 1) if isinstance(inner, dict) else st.sampled_from(JUNK)
            return st.dictionaries(st.sampled_from(["a", "b/**", "team"]), values, max_size=2)
        case "array":
            return arrays(schema, depth)
        case "string":
            pattern = schema.get("pattern")
            return st.from_regex(pattern, fullmatch=True) if pattern else st.text(max_size=5)
        case "number":
            return st.integers(-9, 9**30) | st.floats(-9, 1e300)
        case "boolean":
            return st.booleans()
        case _:
            return st.sampled_from(JUNK)


def arrays(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    items = schema.get("items", {})
    if isinstance(items, dict):
        return st.lists(near(items, depth), max_size=2)
    first = st.tuples(*(near(item, depth) for item in items))
    more = st.lists(st.sampled_from(JUNK), max_size=2)
    size = st.integers(0, len(items) + 1)
    return st.builds(lambda one, two, end: [*one, *two][:end], first, more, size)


def near(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    """Mostly what the schema says, sometimes junk."""
    inner = st.deferred(lambda: exact(schema, depth))
    return st.one_of([inner] * 5 + [st.sampled_from(JUNK)])


def values_of(kind: Kind) -> st.SearchStrategy[Any]:
    return exact(definition_of(kind), 3)


NAMES = sorted({name for one in DEFINITIONS.values() for name in one.get("properties", {})})
anything = st.recursive(
    st.sampled_from(JUNK) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every value in a value."""
    yield path
    inner: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, (dict, list)):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in inner:
        yield from places(item, (*path, key))


def changed(value: Any, path: Path, change: Any) -> Any:
    """The value with another one at a path."""
    if not path:
        return change
    copy = value.copy()
    copy[path[0]] = changed(value[path[0]], path[1:], change)
    return copy


@st.composite
def documented_with_a_change(draw: st.DrawFn) -> Any:
    """An example of the documentation in which one value is another, or has another key."""
    value, _ = to_plain(draw(st.sampled_from(EXAMPLES)))
    path = draw(st.sampled_from(list(places(value))))
    inner = value
    for part in path:
        inner = inner[part]
    if isinstance(inner, dict) and draw(st.booleans()):
        change = inner | draw(st.dictionaries(st.sampled_from(NAMES), anything, min_size=1))
    else:
        change = draw(anything)
    return changed(value, path, change)


# --- What is refused ----------------------------------------------------------------------------


def test_the_documented_examples_are_right_for_both() -> None:
    for one in EXAMPLES:
        value, _ = to_plain(one)
        assert BY_JSONSCHEMA["PageOptions"].is_valid(value)
        assert list(find_mistakes(value, "PageOptions")) == []


def judged_as_by_jsonschema(value: Any, kind: Kind) -> bool:
    # Of a regular expression's $ Python says that a line break may follow; editors do not.
    assume("\\n" not in json.dumps(value))
    return any(find_mistakes(value, kind)) is not BY_JSONSCHEMA[kind].is_valid(value)


@given(values_of("SiteOptions"))
@example({"appId": None})
@example({"assignments": {"rules": [{"a": ["page_url", "=", False]}]}})
@example({"assignments": {"rules": [{"a": ["page_url", "=", False, 1]}]}})
@example({"init": {"maxDelay": 10**30, "delayAfterEvent": -0.0}})
@example({"pages": {"a": {"devices": {"configs": {"ios": {"openIn": 5}}}}}})
@example({"unchecked": {"a": [None, {"b": {}}]}})
def test_options_of_a_site(value: Any) -> None:
    assert judged_as_by_jsonschema(value, "SiteOptions")


@given(values_of("PageOptions"))
def test_options_of_a_page(value: Any) -> None:
    assert judged_as_by_jsonschema(value, "PageOptions")


@given(values_of("Methods"))
@example({"open": {"x": None}})
@example({"setVisitorData": {"data": {"name": "A"}}})
def test_calls_of_methods(value: Any) -> None:
    assert judged_as_by_jsonschema(value, "Methods")


@given(documented_with_a_change())
def test_documented_options_with_a_change(value: Any) -> None:
    assert judged_as_by_jsonschema(value, "PageOptions")


@given(anything, st.sampled_from(KINDS))
def test_any_value(value: Any, kind: Kind) -> None:
    assert judged_as_by_jsonschema(value, kind)


@given(values_of("SiteOptions"))
@example({"appId": None})
@example({"assignments": {"rules": [{"a": ["page_url", "=", False]}]}})
@example({"init": {"maxDelay": 10**30, "delayAfterEvent": -0.0}})
@example({"pages": {"a": {"devices": {"configs": {"ios": {"openIn": 5}}}}}})
@example({"unchecked": {"a": [None, {"b": {}}]}})
def test_the_check_refuses_what_the_schema_refuses(value: Any) -> None:
    """But for secrets, which are recognised by value and name, too; warnings refuse nothing."""
    assume("\\n" not in json.dumps(value))
    _, problems = check(value, "SiteOptions")
    assume(all(problem.severity != "secret" for problem in problems))
    refused = any(problem.severity == "error" for problem in problems)
    assert refused is not BY_JSONSCHEMA["SiteOptions"].is_valid(value)


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema."""
    if isinstance(schema, dict):
        yield schema
        for keyword, inner in schema.items():
            named = keyword in ("properties", "definitions")
            for one in inner.values() if named else inner if isinstance(inner, list) else [inner]:
                yield from nodes(one)


def test_the_judge_has_words_for_every_mistake_and_reads_every_keyword() -> None:
    read = {"$ref", "anyOf", "type", "const", "enum", "pattern", "minimum", "properties", "items"}
    read |= {"required", "additionalProperties", "expected", "holds", "example"}
    read |= {"minItems", "maxItems", "minProperties", "maxProperties", "doNotSuggest"}
    for_others = {"description", "tsType"}
    for schema in nodes({"definitions": DEFINITIONS}):
        assert schema.keys() - read - for_others <= {"definitions"}
        choices = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
        assert len(choices) < 2 or "expected" in schema
        is_sized = schema.keys() & {"minItems", "maxItems", "minProperties", "maxProperties"}
        assert not is_sized or "holds" in schema
        assert "pattern" not in schema or re.fullmatch(r"\^.*\$", schema["pattern"])


@pytest.mark.parametrize("null", [{"rules": [{"a": None}]}, {"defaultRules": [None]}])
def test_null_in_a_list_is_refused_by_both(null: dict[str, Any]) -> None:
    config = {"appId": APP_ID, "assignments": null}
    assert not BY_JSONSCHEMA["SiteOptions"].is_valid(config)
    assert len(check(config, "SiteOptions")[1]) == 1


def test_what_a_server_fills_in_is_refused_without_repeating_it() -> None:
    value = {"setVisitorData": {"data": {"name": "Ann"}}}
    assert [str(one) for one in find_mistakes(value, "Methods")] == [
        "setVisitorData.data.name: is for a server to fill in, for one visitor at a time; remove it"
    ]


def test_an_empty_list_of_triggers_is_answered_with_what_it_should_hold() -> None:
    assert [str(one) for one in find_mistakes({"enableTriggers": {"triggers": []}}, "Methods")] == [
        "enableTriggers.triggers: expected at least one trigger ID, found an empty list"
    ]


# --- One mistake is one problem -----------------------------------------------------------------


def one_each_by_pairs(problems: Iterable[Problem]) -> list[Problem]:
    """The same, each problem compared with all that are kept: right, and slow."""

    def overlap(one: Path, other: Path) -> bool:
        shared = min(len(one), len(other))
        return one[:shared] == other[:shared]

    kept: list[Problem] = []
    for problem in sorted(problems, key=lambda problem: problem.message == MISSING):
        misspelt = problem.message == MISSING and any(
            other.path[:-1] == problem.path[:-1] for other in kept
        )
        if not misspelt and not any(overlap(problem.path, other.path) for other in kept):
            kept.append(problem)
    return kept


paths = st.lists(st.sampled_from(["a", "b", 0, 1]), max_size=4).map(tuple)
some_problems = st.lists(
    st.builds(Problem, paths, st.sampled_from([MISSING, "is wrong", "is wrong, too"])), max_size=12
)


@given(some_problems)
def test_of_problems_on_one_path_the_first_is_kept(problems: list[Problem]) -> None:
    assert list(one_each(problems)) == one_each_by_pairs(problems)


MANY = 20_000
WIDE: dict[str, Callable[[int], Any]] = {
    "in rows": lambda number: {"pages": {f"p{i}/**": {"history": 5} for i in range(number)}},
    "in a list": lambda number: {"operators": [5] * number},
    "side by side": lambda number: {f"lancher{i}": 5 for i in range(number)},
    "that are missing": lambda number: {
        "pages": {f"p{i}/**": {"openIn": {}} for i in range(number)}
    },
    "that JSON cannot hold": lambda number: {
        "visitor": {"custom": {f"c{i}": print for i in range(number)}}
    },
}


@pytest.mark.parametrize("mistakes", WIDE.values(), ids=WIDE)
def test_twenty_thousand_mistakes_are_found_in_seconds(
    mistakes: Callable[[int], Any], at_most: Callable[[float], AbstractContextManager[None]]
) -> None:
    """Compared in pairs they took minutes."""
    value = mistakes(MANY)
    with at_most(20):
        assert len(check(value, "SiteOptions")[1]) == MANY
