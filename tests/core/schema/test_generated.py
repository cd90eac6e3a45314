"""The JSON Schemas are valid, fresh, mind their own business, and agree with our own check."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from tests.far_end.addresses import APP_ID

import chaport_core
from chaport_core.schema.declarations import type_declarations
from chaport_core.schema.generate import checked_definitions, mkdocs_schema, page_schema
from chaport_core.schema.known import Kind, definition, fits, options_of, schema_text
from chaport_core.settings.site import read_settings
from chaport_core.validation.validate import check

PACKAGE = Path(chaport_core.__file__).parent
SCHEMAS = {"mkdocs": mkdocs_schema, "page": page_schema}
MKDOCS = Draft7Validator(json.loads(schema_text("mkdocs")))
PAGE = Draft7Validator(json.loads(schema_text("page")))
DEFINITIONS = json.loads(schema_text("options"))["definitions"]
SITE = Draft7Validator({"$ref": "#/definitions/SiteOptions", "definitions": DEFINITIONS})


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_draft_07(name: str) -> None:
    schema = json.loads(schema_text(name))
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_copy_is_what_the_types_say(name: str) -> None:
    committed = PACKAGE / "schema" / f"{name}.json"
    assert json.loads(committed.read_text(encoding="utf-8")) == SCHEMAS[name]()


def test_the_definitions_that_checking_reads_are_what_the_types_say() -> None:
    assert checked_definitions() == DEFINITIONS


def test_the_committed_types_are_what_the_types_say() -> None:
    assert (PACKAGE / "browser" / "chaport.d.ts").read_text(encoding="utf-8") == type_declarations()


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("mkdocs", "schema/mkdocs.json"),
        ("page", "schema/page.json"),
        ("types", "browser/chaport.d.ts"),
    ],
)
def test_the_module_prints_the_committed_copy(name: str, file: str) -> None:
    command = [sys.executable, "-m", "chaport_core.schema", name]
    # A terminal that knows no arrow, which a sentence has.
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    printed = subprocess.run(command, check=True, capture_output=True, env=environment).stdout
    assert printed == (PACKAGE / file).read_bytes()


def test_an_unknown_name_is_answered_with_the_usage() -> None:
    command = [sys.executable, "-m", "chaport_core.schema", "hugo"]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "usage: python -m chaport_core.schema mkdocs|page|types\n"


def mkdocs_errors(text: str) -> list[str]:
    """Places of a `mkdocs.yml` that the schema refuses."""
    found = MKDOCS.iter_errors(yaml.safe_load(text))
    return sorted("/".join(map(str, error.absolute_path)) for error in found)


LIST = "site_name: x\nplugins:\n- search\n- blog: {{blog_dir: 5}}\n- chaport: {}\n"
MAPPING = "site_name: x\nplugins:\n  search: {{}}\n  blog: {{blog_dir: 5}}\n  chaport: {}\n"


@pytest.mark.parametrize("form", [LIST, MAPPING], ids=["list", "mapping"])
@pytest.mark.parametrize(
    ("options", "valid"),
    [
        ("{appId: %s}", True),
        ("{appId: %s, appearance: {position: [right, 20, 40]}}", True),
        ("{appId: %s, appearance: {position: [right]}}", True),
        ("{appId: %s, appearance: {position: [top]}}", False),
        ("{appId: %s, appearance: {position: []}}", False),
        ("{appId: %s, appearance: {position: [right, 20, 40, 60]}}", False),
        ("{appId: %s, appearance: {position: [right, '20']}}", False),
        ("{appId: %s, pages: {'api/**': {launcher: {show: false}}, 'legal/**': false}}", True),
        ("{appId: %s, pages: {'api/**': {launcher: false}}}", False),
        ("{appId: %s, pages: {'api/**': }}", False),
        ("{appId: %s, lancher: {}}", False),
        ("{appId: %s, openIn: {selector: '#chat'}, triggers: false}", True),
        ("{appId: %s, openIn: {selektor: '#chat'}}", False),
        ("{appId: %s, triggers: true}", False),
        ("{appId: %s, session: {user: {id: a, token: b}}}", False),
        ("{appId: %s, visitor: {name: a}}", False),
        ("{appId: %s, visitorIntegrityHash: a}", False),
        ("{appId: %s, assignments: {resolve: a}}", False),
        ("{appId: %s, appearance: }", True),
        ("{appId: 5}", False),
        ("{openIn: _blank}", False),
        ("{}", False),
        ("", False),
    ],
)
def test_the_schema_of_mkdocs_yml_constrains_the_entry(
    form: str, options: str, valid: bool
) -> None:
    text = form.format(options.replace("%s", APP_ID))
    assert (mkdocs_errors(text) == []) is valid


@pytest.mark.parametrize(
    "text",
    [
        "",
        "site_name: x",
        "site_name: 5\ntheme: [x]\nnav: {a: b}\nextra: {chaport: 5}\nchaport: 5",
        "plugins: []",
        "plugins: {}",
        "plugins: [search, {blog: {enabled: maybe}}, {chaport-other: {appId: 5}}]",
        "plugins: {search: , privacy: {enabled: 5}}",
        "plugins: search",
    ],
)
def test_the_schema_of_mkdocs_yml_constrains_nothing_else(text: str) -> None:
    assert mkdocs_errors(text) == []


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("title: 5\ntags: {a: b}", True),
        ("chaport: false", True),
        ("chaport: true", True),
        ("chaport: {}", True),
        ("chaport: {enabled: false, openIn: _blank}", True),
        ("chaport: {appId: %s}", True),
        ("chaport: {launcher: , language: {use: }}", True),
        ("chaport: {pages: {}}", False),
        ("chaport: {widget: live}", False),
        ("chaport: {lancher: {}}", False),
        ("chaport: 'off'", False),
        ("chaport: 5", False),
        ("chaport:", False),
        ("launcher: {show: 5}\nenabled: 5", True),
    ],
)
def test_the_schema_of_front_matter_constrains_chaport_alone(text: str, valid: bool) -> None:
    assert PAGE.is_valid(yaml.safe_load(text.replace("%s", APP_ID))) is valid


def test_every_mapping_of_options_in_a_schema_is_closed() -> None:
    """Only what an author names is open: rows, custom fields, rules, what is unchecked."""
    closed = {
        name: one["additionalProperties"]
        for name, one in DEFINITIONS.items()
        if "properties" in one
    }
    assert set(closed.values()) == {False}
    assert {"SiteOptions", "PageOptions", "ChaportConfig", "OpenInElement"} <= set(closed)


# --- Agreement ----------------------------------------------------------------------------------

JUNK: list[Any] = [None, True, False, 0, 5, -1, 1.5, "", "x", "true", "en", "EN", "left", [], {}]
JUNK += [["right"], [5], [None], ["a", "b", "c", "d"], {"a": 1}, {"a": True}, {"selector": "#x"}]


def exact(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    """Values of a schema; of its inner values, any may be junk."""
    schema = definition(schema)
    branches = schema.get("anyOf") or schema.get("oneOf")
    if branches:
        return st.one_of([exact(branch, depth) for branch in branches if "not" not in branch])
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    if "properties" in schema:
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
    rest = schema.get("additionalItems", {})
    first = [near(item, depth) for item in items]
    more = st.lists(near(rest, depth), max_size=3) if isinstance(rest, dict) else st.just([])
    return st.builds(lambda one, two: [*one, *two], st.tuples(*first), more)


def near(schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    """Mostly what the schema says, sometimes junk."""
    inner = st.deferred(lambda: exact(schema, depth))
    return st.one_of([inner] * 5 + [st.sampled_from(JUNK)])


def site_configs() -> st.SearchStrategy[dict[str, Any]]:
    options = {name: near(schema, 3) for name, schema in options_of("SiteOptions").items()}
    options["appId"] = st.just(APP_ID)
    names = st.lists(st.sampled_from(sorted(options)), max_size=4, unique=True)
    return names.flatmap(
        lambda some: st.fixed_dictionaries({name: options[name] for name in ["appId", *some]})
    )


def refused(config: dict[str, Any], kind: Kind) -> bool:
    """Whether our check finds a mistake of type, name or form.

    The deliberate differences from the schema: secrets are recognised by their value and name
    too (the configuration is left out of the comparison), and warnings refuse nothing.
    """
    _, problems = check(config, kind)
    assume(all(problem.severity != "secret" for problem in problems))
    return any(problem.severity == "error" for problem in problems)


@given(site_configs())
@example({"appId": None})
@example({"appId": APP_ID, "assignments": {"rules": [{"a": ["page_url", "=", False]}]}})
@example({"appId": APP_ID, "init": {"maxDelay": 10**30, "delayAfterEvent": -0.0}})
@example({"appId": APP_ID, "pages": {"a": {"devices": {"configs": {"ios": {"openIn": 5}}}}}})
@example({"appId": APP_ID, "unchecked": {"a": [None, {"b": {}}]}})
def test_the_check_refuses_what_the_schema_refuses(config: dict[str, Any]) -> None:
    # Of a regular expression's $ Python says that a line break may follow; editors do not.
    assume("\\n" not in json.dumps(config))
    assert refused(config, "SiteOptions") is not SITE.is_valid(config)


@pytest.mark.parametrize("null", [{"rules": [{"a": None}]}, {"defaultRules": [None]}])
def test_null_in_a_list_is_refused_by_both(null: dict[str, Any]) -> None:
    config = {"appId": APP_ID, "assignments": null}
    assert not SITE.is_valid(config)
    assert len(check(config, "SiteOptions")[1]) == 1


@given(site_configs())
def test_our_small_validator_agrees_with_the_real_one(config: dict[str, Any]) -> None:
    assume("\\n" not in json.dumps(config))
    assert fits(config, "SiteOptions") is SITE.is_valid(config)


# What the schema cannot say, and the check refuses with a reason of its own.
ONLY_CHECKED: list[dict[str, Any]] = [
    {"personalSalt": "x", "unchecked": {}},
    {"unchecked": {"salt": "x"}},
    {"unchecked": {"history": True}},
    {"visitor": {"custom": {"plan": "a1" * 20}}},
    {"visitor": {"custom": {"__proto__": 1}}},
    {"pages": {"!a": False}},
    {"pages": {"": False}},
    {"appId": None},
]


@pytest.mark.parametrize("config", ONLY_CHECKED[1:], ids=str)
def test_what_a_schema_cannot_say_is_checked_all_the_same(config: dict[str, Any]) -> None:
    config = {"appId": APP_ID, **config}
    assert SITE.is_valid(config)
    assert read_settings(config)[0] is None
