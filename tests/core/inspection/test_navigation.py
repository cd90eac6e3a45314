"""Which pages are reported as reloaded, and with which reason, where most have a usual record."""

import pytest

from chaport_core.inspection.navigation import find_reloads
from chaport_core.inspection.page_report import inspect_page
from chaport_core.page.record import record_tag
from chaport_core.page.scripts import deferred_script, head_scripts, runtime

SCRIPTS = head_scripts("none") + deferred_script(runtime().name)
APP_ID = {"appId": "5f1e2d3c4b5a69788796a5b4"}
USUAL = {"appearance": {"teamName": "Docs", "position": ["left"]}, "language": {"source": "html"}}
ELEMENT = "openIn.selector: the element goes with its page, and the chat in it"


def reasons(usual, *others, lang="en"):
    """The reasons of the reported pages, where two pages have the usual options."""
    pages = []
    for number, options in enumerate([usual, usual, *others]):
        head = record_tag({**APP_ID, **options}, language=None) + SCRIPTS
        code = lang if number > 1 else "en"
        html = f"<!doctype html><html lang={code}><head>{head}</head><body></body></html>"
        pages.append(inspect_page(html, f"{number}.html"))
    return [finding.message for finding in find_reloads(pages)]


@pytest.mark.parametrize(
    "options",
    [
        {"launcher": {"show": False}},
        {"appearance": {"teamName": "Docs"}},
        {"triggers": {"enabled": False}},
        {"assignments": {"rules": [{"a": True}]}},
        {"visitor": {"custom": {"plan": "pro"}}},
        {"language": {"source": "html"}},
    ],
)
def test_what_commands_change_is_no_reason(options):
    assert reasons(USUAL, {**USUAL, **options}) == []


def test_each_other_option_that_differs_is_a_reason():
    look = {"teamName": "API", "windowColor": "teal"}
    other = {"appearance": look, "language": {"use": "de"}, "operators": ["a"]}
    (reason,) = reasons(USUAL, other)
    assert reason.split("; ") == [
        "appearance.teamName: 'API' here, usually 'Docs'",
        'language: {"use": "de"} here, usually \'en\'',
        "appearance.windowColor: 'teal' here, usually not set",
        'operators: ["a"] here, usually not set',
    ]


def test_the_language_of_the_page_is_one():
    assert reasons(USUAL, USUAL, lang="de") == ["language: 'de' here, usually 'en'"]


def test_only_some_options_are_named():
    other = {"appearance": {f"text{number}": "x" for number in range(7)}}
    (reason,) = reasons({}, other)
    assert reason.endswith("; and 2 more")


@pytest.mark.parametrize("device", [False, True])
def test_an_element_goes_with_its_page(device):
    options = {"openIn": {"selector": "#chat"}}
    if device:
        options = {"devices": {"configs": {"mobile": options}}}
    assert reasons({}, options) == [ELEMENT]
    assert reasons(options, {}) == [ELEMENT] * 3


@pytest.mark.parametrize("name", ["launcher", "appearance"])
def test_an_option_that_is_null_is_not_set(name):
    assert reasons({}, {name: None}) == []
