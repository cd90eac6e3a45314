"""The rule of `chaport check` for document loads, held to the runtime's own in a real browser."""

import json
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaport_core.inspection.reloads import load_reasons
from chaport_core.page.scripts import runtime

ASK = """texts => texts.map(text => chaportRuntime.transition(...JSON.parse(text)) === undefined)"""

RULES, OTHER_RULES = [{"a": True}], [{"b": ["page_url", "contains", "x"]}]
SHOWN, HIDDEN = {"launcher": {"show": True}}, {"launcher": {"show": False}}
# Values of each option, as they may stand in a valid record; most options are not set in most.
VALUES = {
    "launcher": [{}, *(one["launcher"] for one in (SHOWN, HIDDEN))],
    "appearance": [
        {},
        {"position": ["left"]},
        {"position": ["left", 20, 20]},
        {"position": ["left", 20.0, -0.0]},
        {"position": ["left", 20, 0], "teamName": "Docs"},
        {"teamName": ""},
    ],
    "triggers": [
        False,
        {},
        {"enabled": False},
        {"enabled": True},
        {"disabled": True},
        {"disabled": False},
        {"enabled": []},
        {"disabled": []},
        {"enabled": ["a"]},
        {"enabled": ["b"]},
        {"disabled": ["a"]},
        {"enabled": ["a"], "disabled": ["b"]},
        {"enabled": True, "disabled": True},
    ],
    "assignments": [{}, {"rules": RULES}, {"rules": OTHER_RULES}, {"defaultRules": RULES}],
    "visitor": [
        {},
        {"custom": {}},
        {"custom": {"plan": "pro"}},
        {"custom": {"plan": "basic", "n": 1}},
        {"custom": {"n": True}},
        {"custom": {"n": {"constructor": 1}}},
    ],
    "openIn": ["_blank", "_top", {"selector": "#chat"}],
    "language": ["en", "de", {"use": "en"}, {"source": "header"}],
    "operators": [["a"], ["a", "b"]],
    "countries": [{"include": ["US"]}, {"exclude": ["US"]}],
    "closeButton": [True, False],
    "devices": [
        {"exclude": ["ios"]},
        {"configs": {"mobile": HIDDEN}},
        {"configs": {"mobile": {"launcher": {}}, "ios": {"triggers": False}}},
        {"configs": {"desktop": {"openIn": {"selector": "#chat"}}}},
        {"configs": {"desktop": {"appearance": {"position": ["left"]}}}},
        {"configs": {"android": {"assignments": {}, "visitor": {"custom": {}}}}},
    ],
    "newer": [0, -0.0, 1, 1.0, True, "1", None, [], {}, {"constructor": 1}, [[1, 2]], 2**53 + 1],
}


@pytest.fixture(scope="module")
def needs_load(browser):
    """needs_load(pairs) -> whether only a document load leads from one to the other."""
    page = browser.new_page()
    page.set_content("<!doctype html><title>Blank</title>")
    page.add_script_tag(content=runtime().text)
    # Through text, as records are read.
    yield lambda pairs: page.evaluate(ASK, [json.dumps(pair) for pair in pairs])
    page.close()


def told_apart(needs_load, pairs):
    """The pairs of which the two rules say different things."""
    answers = needs_load(pairs)
    return [
        pair
        for pair, is_needed in zip(pairs, answers, strict=True)
        if bool(load_reasons(*pair)) is not is_needed
    ]


@pytest.mark.parametrize("option", VALUES)
def test_every_value_to_every_other(needs_load, option):
    configs = [{}, *({option: value} for value in VALUES[option])]
    assert told_apart(needs_load, list(product(configs, repeat=2))) == []


configurations = st.fixed_dictionaries(
    {}, optional={option: st.sampled_from(values) for option, values in VALUES.items()}
)


@st.composite
def neighbours(draw):
    """A configuration, and it again with a few options of another one."""
    before, other = draw(configurations), draw(configurations)
    names = draw(st.sets(st.sampled_from(sorted(VALUES)), max_size=3))
    after = {name: value for name, value in before.items() if name not in names}
    return before, after | {name: other[name] for name in names if name in other}


@settings(max_examples=60, derandomize=True, deadline=None, database=None)
@given(pairs=st.lists(neighbours(), min_size=10, max_size=40))
def test_any_two_configurations(needs_load, pairs):
    assert told_apart(needs_load, pairs) == []


def test_the_reason_is_the_option_s_path():
    before = {
        "appearance": {"teamName": "Docs", "position": ["left"]},
        "visitor": {"custom": {"plan": "pro"}},
        "language": "en",
        "triggers": False,
    }
    assert load_reasons(before, {"openIn": {"selector": "#chat"}}) == ["openIn.selector"]
    assert load_reasons(before, {"operators": ["a"]}) == [
        "language",
        "appearance.teamName",
        "operators",
        "appearance.position",
        "triggers",
        "visitor",
    ]
    both = {"triggers": {"enabled": ["a"], "disabled": ["b"]}}
    assert load_reasons(both, {}) == ["triggers"]
