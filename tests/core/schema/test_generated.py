"""The JSON Schemas are valid, fresh, and mind their own business."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from tests.far_end.addresses import APP_ID

import chaport_core
from chaport_core.schema.known import schema_text
from chaport_core.schema.types.generate import SCHEMAS
from chaport_core.settings.site import read_settings

PACKAGE = Path(chaport_core.__file__).parent
MKDOCS = Draft7Validator(json.loads(schema_text("mkdocs")))
PAGE = Draft7Validator(json.loads(schema_text("page")))
DEFINITIONS = json.loads(schema_text("options"))["definitions"]
SITE = Draft7Validator({"$ref": "#/definitions/SiteOptions", "definitions": DEFINITIONS})


@pytest.mark.parametrize("name", ["mkdocs", "page"])
def test_a_schema_is_valid_draft_07(name: str) -> None:
    schema = json.loads(schema_text(name))
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_copy_is_what_the_types_say(name: str) -> None:
    assert json.loads(schema_text(name)) == SCHEMAS[name]()


@pytest.mark.parametrize("name", ["mkdocs", "page"])
@pytest.mark.parametrize("keyword", ["expected", "holds", "example", "tsType"])
def test_editors_get_no_keywords_that_they_do_not_read(name: str, keyword: str) -> None:
    assert f'"{keyword}":' in schema_text("options")
    assert f'"{keyword}":' not in schema_text(name)


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
