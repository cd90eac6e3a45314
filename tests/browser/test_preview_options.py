"""Knows that the preview widget takes of an option what the builds take, no more and no less."""

import json
import subprocess
from collections.abc import Iterator

import pytest
from tests.browser.routed import NPM, ROOT, fetch_packages

from chaport_core.validation.judge import find_mistakes

SHARED = ROOT / "shared" / "chaport_core"
DEFINITIONS = json.loads((SHARED / "schema" / "options.json").read_text())["definitions"]
# For each configuration of standard input: whether the preview takes all of it.
SCRIPT = """
import { clean } from '%(preview)s/options.js';
import { definition } from '%(preview)s/schema.js';
let warnings = 0;
console.warn = () => { warnings += 1; };
let text = '';
for await (const chunk of process.stdin) text += chunk;
console.log(JSON.stringify(JSON.parse(text).map((config) => {
  warnings = 0;
  clean(config, definition('ChaportConfig'), 'chaportConfig');
  return warnings === 0;
})));
"""
VALUES = [
    *(True, False, 0, -1, 5, 1.5),
    *("", "x", "US", "us", "EN", "en", "eng", "html", "header", "gtag", "left", "_blank", "iframe"),
    *("red", "Red", "#fff", "#ffff", "#a077bc", "5f1e2d3c4b5a69788796a5b4", "5f1e2d3c"),
    *([], [""], ["x"], [5], ["US"], ["us"], ["US", "USA"], ["ios"], ["ios", "phone"]),
    *(["left"], ["left", 5], ["left", 5, 5], ["left", 5, 5, 5], ["left", "5"], ["top", 5], [5]),
    *({}, {"x": 5}, {"selector": "#a"}, {"selector": 5}, {"selector": "#a", "x": 5}),
    *({"enabled": True}, {"enabled": ["a"]}, {"disabled": "a"}, {"enabled": False, "x": 5}),
    *([{"a": True}], [{"a": "x"}], [{}], [{"a": True, "b": True}], [{"a": ["country", "=", "US"]}]),
    *([{"a": ["country", "=", 5]}], [{"a": ["country", "=="]}], [{"a": ["nation", "=", "US"]}]),
    *([{"a": ["country", "like", "US"]}], [{"a": ["country", "=", ["US"]]}], [{"a": 5}, 5]),
]


def paths(name: str, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every option but those that only a site's script can pass; devices' own, one deep."""
    for key, schema in DEFINITIONS[name]["properties"].items():
        if schema.get("doNotSuggest"):
            continue
        path = (*above, key)
        yield path
        for choice in schema.get("anyOf", ()):
            inner = choice.get("$ref", "").rpartition("/")[2]
            if "properties" in DEFINITIONS.get(inner, {}) and path.count("configs") < 2:
                yield from paths(inner, path)


def nested(path: tuple[str, ...], value: object) -> object:
    for key in reversed(path):
        value = {key: value}
    return value


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """taken(configs) -> whether the preview takes each, asked of its modules under Node."""
    fetch_packages()
    folder = tmp_path_factory.mktemp("options")
    preview = SHARED / "browser" / "src" / "preview"
    (folder / "entry.mjs").write_text(SCRIPT % {"preview": preview.as_posix()})
    bundle = folder / "bundle.mjs"
    command = [NPM / ".bin" / "esbuild", "--bundle", "--platform=node", "--format=esm"]
    subprocess.run(
        [*command, f"--outfile={bundle}", "--log-level=warning", folder / "entry.mjs"], check=True
    )

    def ask(configs):
        text = json.dumps(configs)
        done = subprocess.run(
            ["node", bundle], input=text, check=True, stdout=subprocess.PIPE, encoding="utf-8"
        )
        return json.loads(done.stdout)

    return ask


def test_the_preview_takes_what_the_builds_take(taken):
    every = [path for path in dict.fromkeys(paths("ChaportConfig")) if len(path) < 6]
    assert ("appearance", "position") in every
    assert ("devices", "configs", "ios", "language", "use") in every
    cases = [(path, value) for path in every for value in VALUES]
    configs = [nested(path, value) for path, value in cases]
    expected = [not list(find_mistakes(config, "PageOptions")) for config in configs]
    found = taken(configs)
    assert [
        (path, value, one)
        for (path, value), one, other in zip(cases, found, expected, strict=True)
        if one != other
    ] == []
    assert len({*found}) == 2


@pytest.mark.parametrize(
    ("config", "is_taken"),
    [
        ({"triggers": True}, False),
        ({"countries": {"include": ["us"]}}, False),
        ({"language": {"use": "EN"}}, False),
        ({"triggers": {"enabled": True}}, True),
        ({"countries": {"include": ["US"]}}, True),
        ({"language": {"use": "en"}}, True),
        # What a file must not have, and a script may.
        ({"visitor": {"name": "A", "email": "a@b.c", "phone": "1", "notes": ""}}, True),
        ({"visitor": {"name": 5}}, False),
        ({"visitorIntegrityHash": "abc"}, True),
        ({"session": {"user": {"id": "a", "token": "b"}}}, True),
        ({"session": {"user": {"id": "a"}}}, False),
        ({"assignments": {"resolve": "team"}}, False),
        ({"init": {"eventTarget": "window"}}, False),
        ({"analytics": {"google": {"apiObject": ["layer"]}}}, True),
        # Which says nothing in a file, and nothing that is documented in a script.
        ({"launcher": None}, False),
        ({"launcher": {"show": None}}, False),
    ],
)
def test_what_only_a_script_can_pass_has_its_documented_type(taken, config, is_taken):
    assert taken([config]) == [is_taken]
