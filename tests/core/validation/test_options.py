"""Every option that the vendor documents is taken as documented, and every mistake is named once.

The tables were written from the vendor's API documentation, section "Configuration".
"""

import datetime
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.far_end.addresses import APP_ID

from chaport_core.problem import printable
from chaport_core.schema.known import Kind, definition, options_of
from chaport_core.settings.site import read_settings
from chaport_core.validation.validate import check

AtMost = Callable[[float], AbstractContextManager[None]]

# The documentation's own examples (its placeholders for IDs aside); functions are further below.
EXAMPLES: list[dict[str, Any]] = [
    {"appId": APP_ID},
    {"appId": APP_ID.upper()},
    {"analytics": {"google": {"id": "G-..."}}},
    {"analytics": {"google": {"id": "G-...", "api": "gtm"}}},
    *({"analytics": {"google": {"api": api}}} for api in ("gtag", "gtm", "ga", "gaq")),
    {"analytics": {"google": {"enabled": False}}},
    {"analytics": {"google": {"enabled": True}}},
    {
        "appearance": {
            "windowColor": "#a077bc",
            "teamName": "My test team",
            "onlineWelcome": "Hello, we are online!",
            "offlineWelcome": "We are not online.",
            "position": ["left", 20, 20],
            "textStatuses": True,
        }
    },
    *(
        {"appearance": {"windowColor": color}}
        for color in [
            "dark-gray",
            "gray",
            "blue-gray",
            "red",
            "pink",
            "purple",
            "blue",
            "light-blue",
            "teal",
            "green",
            "orange",
            "#abc",
            "#ABCDEF",
        ]
    ),
    {"appearance": {"position": ["right", 0, 50]}},
    {"appearance": {"position": ["left"]}},
    {"appearance": {"position": ["right", 20]}},
    {"appearance": {"position": ("right", 20.5, -3)}},
    {"appearance": {"textStatuses": False}},
    {
        "assignments": {
            "rules": [
                {"example.com-team-id": ["page_url", "contains", "example.com"]},
                {"us-sales-team-id": ["country", "=", "US"]},
                {"es-support-team-id": ["language", "=", "es"]},
                {"john-id": True},
            ]
        }
    },
    {"assignments": {"rules": [{"a": ["message_text", "contains", "pricing"]}, {"b": False}]}},
    {"assignments": {"defaultRules": []}},
    {"assignments": {"rules": [], "defaultRules": [{"a": ("utm_term", "gt", 5)}]}},
    *(
        {"assignments": {"rules": [{"team": [key, "=", "x"]}]}}
        for key in [
            "message_text",
            "country",
            "language",
            "referrer_url",
            "utm_source",
            "utm_medium",
            "utm_term",
            "utm_campaign",
            "utm_content",
        ]
    ),
    *(
        {"assignments": {"rules": [{"team": ["page_url", matcher, value]}]}}
        for matcher in [
            "=",
            "!=",
            "contains",
            "!contains",
            "gt",
            ">",
            "lt",
            "<",
            "gte",
            ">=",
            "lte",
            "<=",
        ]
        for value in ("x", 5, 1.5, True)
    ),
    {"closeButton": False},
    {"closeButton": True},
    {"countries": {"include": ["US"]}},
    {"countries": {"exclude": ["CA", "MX"]}},
    {"countries": {"exclude": []}},
    {"devices": {"configs": {"mobile": {"appearance": {"position": ["right", 0, 50]}}}}},
    {"devices": {"include": ["desktop", "ios", "android", "mobile"]}},
    {"devices": {"exclude": ["mobile"]}},
    {"devices": {"configs": {"desktop": {}, "ios": {"history": False}, "android": {"init": {}}}}},
    {"history": False},
    {"history": True},
    {"init": {"event": "load", "maxDelay": 5000, "delayAfterEvent": 500}},
    {"init": {"maxDelay": 0, "delayAfterEvent": 0.5}},
    {"language": {"source": "html"}},
    {"language": {"source": "header"}},
    {"language": {"use": "en"}},
    {"language": {"use": "es"}},
    {"launcher": {"show": False}},
    {"launcher": {"show": True}},
    {"openIn": "_blank"},
    {"openIn": "my-window"},
    {"openIn": {"selector": "#chat-container"}},
    {"operators": ["operator-id-1", "operator-name-2"]},
    {"operators": []},
    {"responsive": True},
    {"responsive": False},
    {"session": {"autoStart": False}},
    {"session": {"autoStart": True, "persist": False, "cookieDomain": ".example.co.uk"}},
    {"triggers": {"enabled": False}},
    {"triggers": {"disabled": True}},
    {"triggers": False},
    {"triggers": {"disabled": ["trigger-id"]}},
    {"triggers": {"enabled": ["trigger-id"]}},
    {"triggers": {"enabled": True, "disabled": ["trigger-id"]}},
    {"visitor": {"custom": {"subscriptionPlan": "pro", "balance": 1000}}},
    {"visitor": {"custom": {"version": "1.2", "beta": True, "tags": ["a", {"b": None}]}}},
]

# Every name that the documentation's tables and headings know, by hand.
DOCUMENTED = {
    "appId",
    "analytics.google.id",
    "analytics.google.api",
    "analytics.google.apiObject",
    "analytics.google.enabled",
    "appearance.windowColor",
    "appearance.teamName",
    "appearance.onlineWelcome",
    "appearance.offlineWelcome",
    "appearance.position",
    "appearance.textStatuses",
    "assignments.resolve",
    "assignments.rules",
    "assignments.defaultRules",
    "closeButton",
    "countries.exclude",
    "countries.include",
    "devices.exclude",
    "devices.include",
    "devices.configs.desktop",
    "devices.configs.ios",
    "devices.configs.android",
    "devices.configs.mobile",
    "history",
    "init.event",
    "init.eventTarget",
    "init.maxDelay",
    "init.delayAfterEvent",
    "language.use",
    "language.source",
    "launcher.show",
    "openIn.selector",
    "operators",
    "responsive",
    "session.user",
    "session.autoStart",
    "session.persist",
    "session.cookieDomain",
    "triggers.enabled",
    "triggers.disabled",
    "visitor.name",
    "visitor.email",
    "visitor.phone",
    "visitor.notes",
    "visitor.custom",
    "visitorIntegrityHash",
}


def described_options(kind: Kind) -> dict[str, list[str]]:
    """Dotted path of every option in the schema, and the sentences found at its place."""
    found: dict[str, list[str]] = {}

    def branches(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield node
        node = definition(node)
        yield node
        for branch in (*node.get("anyOf", ()), *node.get("oneOf", ())):
            yield from branches(branch)

    def walk(properties: dict[str, Any], path: tuple[str, ...]) -> None:
        for name, child in properties.items():
            place = ".".join((*path, name))
            found[place] = [one["description"] for one in branches(child) if "description" in one]
            if path[-1:] != ("configs",):
                for inner in branches(child):
                    walk(inner.get("properties", {}), (*path, name))

    walk(options_of(kind), ())
    return found


def leaves(paths: set[str]) -> set[str]:
    return {path for path in paths if not any(other.startswith(f"{path}.") for other in paths)}


def problems_of(value: Any, kind: Kind = "PageOptions") -> list[str]:
    return [str(problem) for problem in check(value, kind)[1]]


def nested(path: str, value: Any) -> Any:
    for part in reversed(path.split(".")):
        value = {part: value}
    return value


def test_a_pages_options_are_exactly_the_documented_ones_and_enabled() -> None:
    assert leaves(set(described_options("PageOptions"))) == DOCUMENTED | {"enabled"}


def test_a_site_adds_only_our_own_options_to_the_documented_ones() -> None:
    ours = {"pages", "widget", "navigation", "consent", "fallback", "events", "identity"}
    assert set(options_of("SiteOptions")) == {*options_of("PageOptions"), *ours, "unchecked"}


@pytest.mark.parametrize("kind", ["PageOptions", "SiteOptions"])
def test_every_option_has_a_sentence(kind: Kind) -> None:
    silent = [
        path
        for path, texts in described_options(kind).items()
        if not any(text.endswith(".") and len(text) > 15 for text in texts)
    ]
    assert silent == []


@pytest.mark.parametrize("config", EXAMPLES, ids=str)
@pytest.mark.parametrize("kind", ["PageOptions", "SiteOptions"])
def test_the_documentations_own_values_are_taken_as_they_are(
    config: dict[str, Any], kind: Kind
) -> None:
    config = {"appId": APP_ID, **config}
    assert check(config, kind) == (_with_lists(config), [])


@pytest.mark.parametrize("config", EXAMPLES, ids=str)
def test_each_device_takes_every_option(config: dict[str, Any]) -> None:
    for device in ("desktop", "ios", "android", "mobile"):
        value = {"devices": {"configs": {device: config}}}
        assert check(value, "PageOptions") == (_with_lists(value), [])


def _with_lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_lists(item) for key, item in value.items()}
    return [_with_lists(item) for item in value] if isinstance(value, (list, tuple)) else value


GROUPS = [
    "analytics",
    "appearance",
    "assignments",
    "countries",
    "devices",
    "init",
    "language",
    "session",
    "visitor",
]
SWITCHES = [
    "closeButton",
    "history",
    "responsive",
    "appearance.textStatuses",
    "analytics.google.enabled",
]
SWITCHES += ["session.autoStart", "session.persist", "launcher.show", "enabled"]
LISTS = [
    "operators",
    "countries.include",
    "countries.exclude",
    "devices.include",
    "devices.exclude",
]
LISTS += ["assignments.rules", "assignments.defaultRules"]
TEXTS = ["analytics.google.id", "appearance.teamName", "appearance.onlineWelcome", "init.event"]
TEXTS += ["appearance.offlineWelcome", "session.cookieDomain", "openIn.selector"]
NUMBERS = ["init.maxDelay", "init.delayAfterEvent"]

FOUND: list[tuple[Any, str]] = [
    ("x", "the text 'x'"),
    (5, "the number 5"),
    (1.5, "the number 1.5"),
    (True, "true"),
    ([], "an empty list"),
    (["a"], "a list"),
    ({"a": 1}, "a mapping"),
    ({}, "an empty mapping"),
]
YAML_WORDS = "; YAML reads on, off, yes, no as true and false, so put the word in quotes"


def _wrong_types() -> Iterator[tuple[str, Any, str]]:
    for value, found in FOUND:
        if not isinstance(value, dict):
            for path in [*GROUPS, "visitor.custom", "devices.configs", "devices.configs.ios"]:
                yield path, value, f"{path}: expected a mapping, found {found}"
        if not isinstance(value, bool):
            for path in SWITCHES:
                yield path, value, f"{path}: expected true or false, found {found}"
        if not isinstance(value, list):
            for path in [*LISTS, "appearance.position"]:
                yield path, value, f"{path}: expected a list, found {found}"
        if not isinstance(value, str):
            hint = YAML_WORDS if isinstance(value, bool) else ""
            for path in TEXTS:
                yield path, value, f"{path}: expected text, found {found}{hint}"
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            for path in NUMBERS:
                yield path, value, f"{path}: expected a number, found {found}"


@pytest.mark.parametrize(("path", "value", "message"), list(_wrong_types()))
def test_a_wrong_type_is_one_problem_in_plain_words(path: str, value: Any, message: str) -> None:
    assert problems_of(nested(path, value)) == [message]


POSITION = "left or right and at most two offsets, such as [right, 20, 40]"
COLORS = (
    "expected a hex color such as '#a077bc', or one of dark-gray, gray, blue-gray, red, pink,"
    " purple, blue, light-blue, teal, green, orange"
)
COUNTRY = "expected a 2-letter ISO country code in capitals, such as US"
LANGUAGE = "expected a 2-letter language code in small letters, such as en"
IDS = "expected true, false or a list of trigger IDs"
RULE = "expected [parameter key, matcher, value]"
OPEN_IN = "expected text such as _blank, or a mapping {selector: '#element'}"
PARAMETERS = (
    "page_url, message_text, country, language, referrer_url, utm_source, utm_medium, utm_term,"
    " utm_campaign, utm_content"
)
MATCHERS = "=, !=, contains, !contains, gt, >, lt, <, gte, >=, lte, <="

# Each is one mistake, hence one problem: the place, and the whole sentence.
ONE_MISTAKE: list[tuple[Any, str]] = [
    # Unions: not once per branch.
    ({"openIn": 5}, f"openIn: {OPEN_IN}, found the number 5"),
    ({"openIn": True}, f"openIn: {OPEN_IN}, found true"),
    ({"openIn": ["a"]}, f"openIn: {OPEN_IN}, found a list"),
    ({"openIn": {}}, "openIn.selector: is missing"),
    ({"openIn": {"selector": None}}, "openIn.selector: expected text, found nothing"),
    (
        {"openIn": {"selektor": "#x"}},
        "openIn.selektor: is not an option here; did you mean selector?",
    ),
    (
        {"openIn": {"selector": "#x", "foo": 1}},
        "openIn.foo: is not an option here; expected one of selector",
    ),
    (
        {"triggers": True},
        "triggers: expected false, or a mapping with enabled or disabled, found true",
    ),
    (
        {"triggers": ["a"]},
        "triggers: expected false, or a mapping with enabled or disabled, found a list",
    ),
    ({"triggers": {"enabled": "no"}}, f"triggers.enabled: {IDS}, found the text 'no'"),
    ({"triggers": {"enabled": {}}}, f"triggers.enabled: {IDS}, found an empty mapping"),
    ({"triggers": {"disabled": [5]}}, "triggers.disabled[0]: expected text, found the number 5"),
    (
        {"triggers": {"disable": []}},
        "triggers.disable: is not an option here; did you mean disabled?",
    ),
    # Positions.
    (
        {"appearance": {"position": []}},
        f"appearance.position: expected {POSITION}, found an empty list",
    ),
    (
        {"appearance": {"position": ["right", 1, 2, 3]}},
        f"appearance.position: expected {POSITION}, found a list",
    ),
    (
        {"appearance": {"position": ["top"]}},
        "appearance.position[0]: expected one of left, right, found the text 'top'",
    ),
    (
        {"appearance": {"position": ["Right"]}},
        "appearance.position[0]: expected one of left, right, found the text 'Right';"
        " did you mean right?",
    ),
    (
        {"appearance": {"position": ["right", "20"]}},
        "appearance.position[1]: expected a number, found the text '20'",
    ),
    (
        {"appearance": {"position": ["right", 20, True]}},
        "appearance.position[2]: expected a number, found true",
    ),
    # Rules.
    (
        {"assignments": {"rules": [{}]}},
        "assignments.rules[0]: expected one key (the ID of a team or operator),"
        " found an empty mapping",
    ),
    (
        {"assignments": {"rules": [{"a": True, "b": True}]}},
        "assignments.rules[0]: expected one key (the ID of a team or operator), found a mapping",
    ),
    (
        {"assignments": {"rules": [{"a": True}, {"b": "x"}]}},
        "assignments.rules[1].b: expected true, false or [parameter key, matcher, value],"
        " found the text 'x'",
    ),
    (
        {"assignments": {"rules": [{"a": []}]}},
        f"assignments.rules[0].a: {RULE}, found an empty list",
    ),
    (
        {"assignments": {"rules": [{"a": ["page_url"]}]}},
        f"assignments.rules[0].a: {RULE}, found a list",
    ),
    (
        {"assignments": {"rules": [{"a": ["page_url", "=", "x", "y"]}]}},
        f"assignments.rules[0].a: {RULE}, found a list",
    ),
    (
        {"assignments": {"rules": [{"a": ["url", "=", "x"]}]}},
        f"assignments.rules[0].a[0]: expected one of {PARAMETERS}, found the text 'url'",
    ),
    (
        {"assignments": {"defaultRules": [{"a": ["page_url", "is", "x"]}]}},
        f"assignments.defaultRules[0].a[1]: expected one of {MATCHERS}, found the text 'is'",
    ),
    (
        {"assignments": {"rules": [{"a": ["page_url", "=", ["x"]]}]}},
        "assignments.rules[0].a[2]: expected text, a number, true or false, found a list",
    ),
    (
        {"assignments": {"rules": ["a"]}},
        "assignments.rules[0]: expected a mapping, found the text 'a'",
    ),
    # Values of one form.
    (
        {"appearance": {"windowColor": "#12"}},
        f"appearance.windowColor: {COLORS}, found the text '#12'",
    ),
    (
        {"appearance": {"windowColor": "grey"}},
        f"appearance.windowColor: {COLORS}, found the text 'grey'",
    ),
    ({"countries": {"include": ["us"]}}, f"countries.include[0]: {COUNTRY}, found the text 'us'"),
    (
        {"countries": {"exclude": ["US", "USA"]}},
        f"countries.exclude[1]: {COUNTRY}, found the text 'USA'",
    ),
    # Norway's code is one of YAML's boolean words.
    (
        {"countries": {"include": [False]}},
        f"countries.include[0]: {COUNTRY}, found false{YAML_WORDS}",
    ),
    ({"language": {"use": False}}, f"language.use: {LANGUAGE}, found false{YAML_WORDS}"),
    ({"language": {"use": "en-US"}}, f"language.use: {LANGUAGE}, found the text 'en-US'"),
    ({"language": {"use": "en\n"}}, f"language.use: {LANGUAGE}, found the text 'en\\n'"),
    (
        {"language": {"source": "HTML"}},
        "language.source: expected one of html, header, found the text 'HTML'; did you mean html?",
    ),
    (
        {"analytics": {"google": {"api": "gtmx"}}},
        "analytics.google.api: expected one of gtag, gtm, ga, gaq, found the text 'gtmx';"
        " did you mean gtm?",
    ),
    (
        {"devices": {"include": ["tablet"]}},
        "devices.include[0]: expected one of desktop, ios, android, mobile,"
        " found the text 'tablet'",
    ),
    ({"init": {"maxDelay": -1}}, "init.maxDelay: expected 0 or more, found the number -1"),
    (
        {"launcher": {"show": "no"}},
        "launcher.show: expected true or false, found the text 'no'; remove the quotes",
    ),
    (
        {"launcher": False},
        "launcher: expected a mapping, found false; did you mean launcher: {show: false}?",
    ),
    # Names.
    ({"lancher": {}}, "lancher: is not an option here; did you mean launcher?"),
    ({"open_in": "_blank"}, "open_in: is not an option here; did you mean openIn?"),
    ({"openin": "_blank"}, "openin: is not an option here; did you mean openIn?"),
    ({"close-button": True}, "close-button: is not an option here; did you mean closeButton?"),
    ({"show": False}, "show: is not an option here; did you mean launcher.show?"),
    ({"selector": "#x"}, "selector: is not an option here; did you mean openIn.selector?"),
    (
        {"language": {"lang": "en"}},
        "language.lang: is not an option here; expected one of use, source",
    ),
    # The vendor's own example.
    (
        {"devices": {"mobile": {"appearance": {"position": ["right", 0, 50]}}}},
        "devices.mobile: options of one device stand under configs: write devices.configs.mobile",
    ),
    (
        {"devices": {"configs": {"ios": {"devices": {"configs": {"ios": {"history": 1}}}}}}},
        "devices.configs.ios.devices.configs.ios.history: expected true or false,"
        " found the number 1",
    ),
    # Functions and objects of the page.
    (
        {"assignments": {"resolve": "function (cp) {}"}},
        "assignments.resolve: cannot stand in a configuration file; put it into the site's own"
        " script: window.chaportConfig = {assignments: {resolve: function (cp)"
        " { return 'team-id' }}} (it is merged with this one)",
    ),
    (
        {"analytics": {"google": {"api": "gtm", "apiObject": "window.dl"}}},
        "analytics.google.apiObject: cannot stand in a configuration file; put it into the site's"
        " own script: window.chaportConfig = {analytics: {google: {api: 'gtm',"
        " apiObject: window.yourDataLayer}}} (it is merged with this one)",
    ),
    (
        {"init": {"eventTarget": "document"}},
        "init.eventTarget: cannot stand in a configuration file; put it into the site's own script:"
        " window.chaportConfig = {init: {eventTarget: document}} (it is merged with this one)",
    ),
    # What JSON cannot say.
    (
        {"operators": [datetime.date(2024, 1, 31)]},
        "operators[0]: found the date 2024-01-31, which JSON cannot hold;"
        " put it in quotes to make it text",
    ),
    (
        {"visitor": {"custom": {"released": datetime.datetime(2024, 1, 31, 12, 30)}}},
        "visitor.custom.released: found the date 2024-01-31 12:30:00, which JSON cannot hold;"
        " put it in quotes to make it text",
    ),
    (
        {"init": {"maxDelay": float("inf")}},
        "init.maxDelay: found the number inf, which JSON cannot hold; write an ordinary number",
    ),
    (
        {"appearance": {"position": ["right", float("nan")]}},
        "appearance.position[1]: found the number nan, which JSON cannot hold;"
        " write an ordinary number",
    ),
    (
        {"assignments": {"rules": [{"a": print}]}},
        "assignments.rules[0].a: found a Python function; functions belong in the site's own"
        " script, which may put them into window.chaportConfig",
    ),
    (
        {True: "x"},
        "True: expected a key that is text, found true; YAML reads on, off, yes, no and numbers"
        " as values, so put the key in quotes",
    ),
    (
        {"visitor": {"custom": {404: "x"}}},
        "visitor.custom.404: expected a key that is text, found the number 404; YAML reads on, off,"
        " yes, no and numbers as values, so put the key in quotes",
    ),
    (
        {"visitor": {"custom": {"__proto__": {}}}},
        "visitor.custom.__proto__: has a meaning of its own in JavaScript; choose another name",
    ),
]


@pytest.mark.parametrize(("value", "message"), ONE_MISTAKE, ids=lambda value: str(value)[:70])
def test_one_mistake_is_one_problem(value: Any, message: str) -> None:
    assert problems_of(value) == [message]


@pytest.mark.parametrize(("value", "message"), ONE_MISTAKE, ids=lambda value: str(value)[:70])
def test_a_mistake_in_a_row_is_the_same_problem_seen_from_further_out(
    value: Any, message: str
) -> None:
    plain, problems = read_settings({"appId": APP_ID, "pages": {"api/**": value}})
    assert plain is None
    assert [str(problem) for problem in problems] == [f'pages."api/**".{message}']


@pytest.mark.parametrize(
    "value",
    [float("nan"), datetime.date(2024, 1, 1), b"x", print, {1, 2}],
    ids=str,
)
def test_an_app_id_that_json_cannot_hold_is_one_problem(value: Any) -> None:
    assert len(read_settings({"appId": value})[1]) == 1


@pytest.mark.parametrize("name", ["app_id", "appID", "appid", "app-id"])
def test_a_misspelt_app_id_is_one_problem(name: str) -> None:
    _, problems = read_settings({name: APP_ID})
    assert [str(one) for one in problems] == [f"{name}: is not an option here; did you mean appId?"]


def test_null_is_no_value_for_a_rule() -> None:
    assert problems_of({"assignments": {"rules": [{"team": None}]}}) == [
        "assignments.rules[0].team: expected true, false or [parameter key, matcher, value],"
        " found nothing"
    ]


@pytest.mark.parametrize("name", ["pages", "widget", "consent", "unchecked", "enabled"])
def test_our_own_options_in_the_wrong_place_are_not_answered_with_their_own_name(name: str) -> None:
    inside = {"pages": {"a": {"devices": {"configs": {"ios": {name: "auto"}}}}}}
    (problem,) = read_settings({"appId": APP_ID, **inside})[1]
    assert "did you mean" not in problem.message


def test_all_problems_come_at_once_and_each_has_its_place() -> None:
    config = {
        "appId": 5,
        "lancher": {},
        "openIn": 5,
        "appearance": {"position": ["top"], "teamName": 7, "windowColor": "#a077bc"},
        "language": {"use": "en", "source": "html"},
        "visitor": {"email": "a@example.com", "custom": {"when": datetime.date(2024, 1, 1)}},
        "pages": {"!a": False, "b/**": {"history": "no"}},
        "unchecked": {"history": True},
    }
    _, problems = read_settings(config)
    assert {(".".join(map(str, one.path)), one.severity) for one in problems} == {
        ("appId", "error"),
        ("lancher", "error"),
        ("openIn", "error"),
        ("appearance.position.0", "error"),
        ("appearance.teamName", "error"),
        ("language.source", "warning"),
        ("visitor.email", "secret"),
        ("visitor.custom.when", "error"),
        ("pages.!a", "error"),
        ("pages.b/**.history", "error"),
        ("unchecked.history", "error"),
    }


@pytest.mark.parametrize("config", [None, {}, {"appId": None}])
def test_a_site_without_an_app_id_is_told_where_to_find_it(config: Any) -> None:
    settings, problems = read_settings(config)
    assert settings is None
    assert [str(one) for one in problems] == [
        "appId: is missing; copy it from Settings → Installation code in Chaport"
        " (to build without chat, leave the plugin out)"
    ]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (True, "true"),
        (False, "false"),
        ([], "an empty list"),
        ("x", "the text 'x'"),
        (5, "the number 5"),
    ],
)
def test_options_that_are_no_mapping_are_one_problem(value: Any, found: str) -> None:
    settings, problems = read_settings(value)
    assert settings is None
    assert [str(one) for one in problems] == [f"expected a mapping, found {found}"]


@pytest.mark.parametrize("number", [512345678901234567890123, 5e23, 0, 1.5])
def test_an_app_id_that_yaml_made_a_number_is_answered_with_the_way_to_quote_it(
    number: float,
) -> None:
    _, problems = read_settings({"appId": number})
    assert [str(one) for one in problems] == [
        f"appId: expected 24 hexadecimal digits (0-9, a-f), found the number {number};"
        " YAML turned it into a number, so put it in quotes: appId: '…'; the value of a variable"
        " read with !ENV needs quotes inside it: CHAPORT_APP_ID='\"…\"'"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<insertYourId>",
        "5f1e2d3c4b5a69788796a5b",
        f"{APP_ID} ",
        f"{APP_ID}\n",
        f"g{APP_ID[1:]}",
    ],
)
def test_an_app_id_of_another_form_is_answered_with_where_to_copy_it(text: str) -> None:
    _, problems = read_settings({"appId": text})
    assert [str(one) for one in problems] == [
        f"appId: expected 24 hexadecimal digits (0-9, a-f), found the text '{printable(text)}';"
        " copy it from Settings → Installation code in Chaport"
    ]


NOTES: list[tuple[Any, str]] = [
    *(
        (
            {name: {"include": values, "exclude": values}},
            f"{name}.include: is ignored by the widget because exclude is set beside it;"
            " keep one of the two",
        )
        for name, values in (("countries", ["US"]), ("devices", ["ios"]))
    ),
    (
        {"language": {"use": "en", "source": "html"}},
        "language.source: has no effect because language.use overrides it; keep one of the two",
    ),
    (
        {"openIn": "#chat"},
        "openIn: the text '#chat' names a window; to open the chat in an element of the page write"
        " openIn: {selector: '#chat'}",
    ),
]


@pytest.mark.parametrize(("value", "message"), NOTES)
@pytest.mark.parametrize("place", ["", "devices.configs.ios", "pages.blog/**"])
def test_what_is_valid_but_means_something_else_is_a_warning(
    value: Any, message: str, place: str
) -> None:
    config = {"appId": APP_ID, **(nested(place, value) if place else value)}
    settings, problems = read_settings(config)
    assert settings is not None
    where = place.replace("blog/**", '"blog/**"')
    assert [(str(one), one.severity) for one in problems] == [
        (f"{where}.{message}" if place else message, "warning")
    ]


@pytest.mark.parametrize("value", [{"include": ["US"], "exclude": []}, {"include": ["US"]}])
def test_an_include_that_nothing_overrules_needs_no_note(value: Any) -> None:
    assert problems_of({"countries": value}) == []


@pytest.mark.parametrize("config", EXAMPLES, ids=str)
def test_null_may_stand_for_any_optional_key(config: dict[str, Any]) -> None:
    def nulls(value: Any) -> Iterator[Any]:
        if isinstance(value, dict):
            for key, item in value.items():
                yield {**value, key: None}
                yield from ({**value, key: inner} for inner in nulls(item))

    for one in nulls(config):
        required = "openIn" in one and isinstance(one["openIn"], dict)
        assert (problems_of(one) == []) is not required


def test_null_is_no_row() -> None:
    _, problems = read_settings({"appId": APP_ID, "pages": {"a/**": None}})
    assert [str(one) for one in problems] == [
        'pages."a/**": expected true, false or a mapping of options, found nothing'
    ]


def recursive(kind: str) -> Any:
    ring: dict[str, Any] = {}
    if kind == "list":
        endless: list[Any] = []
        endless.append(endless)
        return {"operators": endless}
    ring["a"] = ring
    return {"mapping": ring, "nested": {"visitor": {"custom": ring}}}[kind]


@pytest.mark.parametrize("kind", ["mapping", "list", "nested"])
def test_a_structure_that_contains_itself_is_a_problem(kind: str, at_most: AtMost) -> None:
    with at_most(5):
        problems = problems_of(recursive(kind))
    assert [one.partition(": ")[2] for one in problems] == [
        "contains itself, or is nested more than 32 levels deep"
    ]


@pytest.mark.parametrize("width", [2, 10])
def test_a_structure_that_contains_itself_often_is_a_problem_too(
    width: int, at_most: AtMost
) -> None:
    ring: dict[str, Any] = {}
    ring.update({f"k{index}": ring for index in range(width)})
    with at_most(1):
        assert problems_of({"visitor": {"custom": ring}})


@pytest.mark.parametrize(
    "value",
    [{"history": 1 << 200_000}, {"visitor": {"custom": {"x": 1 << 200_000}}}, 1 << 200_000],
    ids=["wrong type", "custom field", "no mapping"],
)
def test_a_huge_number_never_crashes(value: Any) -> None:
    plain, problems = check(value, "PageOptions")
    assert problems or json.dumps(plain)


def test_a_huge_text_is_shortened_in_the_message() -> None:
    (message,) = problems_of({"history": "x" * 1_000_000})
    assert message == f"history: expected true or false, found the text '{'x' * 57}...'"


def test_a_huge_configuration_is_checked_in_reasonable_time(at_most: AtMost) -> None:
    with at_most(5):
        config = {"appId": APP_ID, "pages": {f"p{index}/**": {"x": 1} for index in range(300)}}
        assert len(read_settings(config)[1]) == 300


@pytest.mark.parametrize(
    "value",
    [
        {"language": {"source": "\ud800"}},
        {"appId": "\ud800"},
        {"\ud800": 1},
    ],
    ids=ascii,
)
def test_a_lone_surrogate_makes_no_message_that_cannot_be_printed(value: Any) -> None:
    problems = problems_of(value)
    assert problems
    assert [one.encode() for one in problems]


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(max_size=8)
    | st.dates()
    | st.binary(max_size=3)
    | st.just(print),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([path for one in DOCUMENTED for path in one.split(".")])
            | st.text(max_size=5).filter(lambda text: text.isprintable())
            | st.integers()
            | st.booleans()
            | st.none(),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(anything)
def test_no_value_whatever_crashes_the_check(value: Any) -> None:
    kinds: tuple[Kind, Kind] = ("PageOptions", "SiteOptions")
    for kind in kinds:
        plain, problems = check(value, kind)
        json.dumps(plain, allow_nan=False)
        places = [one.path for one in problems]
        assert len(set(places)) == len(places)
        assert all(one.message and "pydantic" not in one.message for one in problems)
