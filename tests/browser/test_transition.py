"""Knows which commands lead the widget from one configuration to another, and when none do.

The judge of the property test is a small reading of the vendor's documentation, quoted line by
line; it shares nothing with the runtime and nothing with the preview widget.
"""

import json
from copy import deepcopy
from itertools import chain, permutations, product
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.far_end.addresses import APP_ID

from chaport_core.page.scripts import runtime
from chaport_core.schema.known import options_of

BASE = {"appId": APP_ID, "language": {"source": "html"}}
LOAD = None
"""What stands here for `undefined`: only a document load leads there."""

# Arguments arrive as text, as records do: key order is kept, and no two share an object.
ASK = """pairs => pairs.map(pair => {
  const [before, after] = JSON.parse(pair);
  const commands = chaportRuntime.transition(before, after);
  if (JSON.stringify([before, after]) !== pair) throw new Error(`arguments changed: ${pair}`);
  if (commands === null) throw new Error('null is no answer');
  return commands ?? null;
})"""


@pytest.fixture(scope="module")
def blank(browser):
    """A page with nothing in it but the shipped runtime."""
    page = browser.new_page()
    page.set_content("<!doctype html><html><head><title>Blank</title></head><body></body></html>")
    page.add_script_tag(content=runtime().text)
    yield page
    page.close()


@pytest.fixture(scope="module")
def ask(blank):
    """ask(pairs) -> for each (before, after) the list of commands, or LOAD."""

    def evaluate(pairs):
        texts = [json.dumps(pair, separators=(",", ":"), ensure_ascii=False) for pair in pairs]
        return blank.evaluate(ASK, texts)

    return evaluate


def config(options):
    return {**BASE, **options}


def answer(ask, before, after):
    return ask([(config(before), config(after))])[0]


def table(rows):
    """Rows that begin with a name, for parametrize."""
    return [pytest.param(*row, id=name) for name, *row in rows]


# ---- Where commands lead -----------------------------------------------------------------------

RULES = [{"sales-team-id": ["page_url", "contains", "pricing"]}, {"support-team-id": True}]
OTHER_RULES = [{"support-team-id": True}]
SHOWN, HIDDEN = {"launcher": {"show": True}}, {"launcher": {"show": False}}
LEFT = {"appearance": {"position": ["left", 20, 20]}}
RIGHT = {"appearance": {"position": ["right", 0, 100]}}
HASH = {"visitorIntegrityHash": "abc123a1b2c3d4e5f6"}

COMMANDS = table(
    [
        ("nothing said", {}, {}, []),
        (
            "nothing changed",
            {**HIDDEN, **LEFT, "openIn": "_blank", "triggers": False, "newer": {"key": [1]}},
            {**HIDDEN, **LEFT, "openIn": "_blank", "triggers": False, "newer": {"key": [1]}},
            [],
        ),
        ("launcher hidden", SHOWN, HIDDEN, [["hideLauncher"]]),
        ("launcher shown", HIDDEN, SHOWN, [["showLauncher"]]),
        ("launcher hidden where nobody set it", {}, HIDDEN, [["hideLauncher"]]),
        ("launcher back to what nobody set", HIDDEN, {}, [["showLauncher"]]),
        ("launcher back to an empty mapping", HIDDEN, {"launcher": {}}, [["showLauncher"]]),
        ("absent is shown", {}, SHOWN, []),
        ("shown is absent", SHOWN, {}, []),
        ("empty launcher is absent", {"launcher": {}}, {}, []),
        ("empty appearance is absent", {"appearance": {}}, {}, []),
        ("absent appearance is empty", {}, {"appearance": {}}, []),
        ("position", LEFT, RIGHT, [["updatePosition", ["right", 0, 100]]]),
        (
            "position, offset",
            LEFT,
            {"appearance": {"position": ["left", 20, 21]}},
            [["updatePosition", ["left", 20, 21]]],
        ),
        (
            "position, fewer elements",
            LEFT,
            {"appearance": {"position": ["left"]}},
            [["updatePosition", ["left"]]],
        ),
        (
            "position, more elements",
            {"appearance": {"position": ["left"]}},
            LEFT,
            [["updatePosition", ["left", 20, 20]]],
        ),
        ("position where nobody set it", {}, LEFT, [["updatePosition", ["left", 20, 20]]]),
        (
            "position beside the same team name",
            {"appearance": {"teamName": "Docs", "position": ["left"]}},
            {"appearance": {"position": ["right"], "teamName": "Docs"}},
            [["updatePosition", ["right"]]],
        ),
        (
            "assignments where nobody set them",
            {},
            {"assignments": {"rules": RULES}},
            [["setAssignmentRules", {"rules": RULES}]],
        ),
        (
            "assignments, rules",
            {"assignments": {"rules": RULES}},
            {"assignments": {"rules": OTHER_RULES}},
            [["setAssignmentRules", {"rules": OTHER_RULES}]],
        ),
        (
            "assignments, order of rules",
            {"assignments": {"rules": RULES}},
            {"assignments": {"rules": RULES[::-1]}},
            [["setAssignmentRules", {"rules": RULES[::-1]}]],
        ),
        (
            "assignments, no rules any more",
            {"assignments": {"rules": RULES}},
            {"assignments": {"rules": []}},
            [["setAssignmentRules", {"rules": []}]],
        ),
        (
            "assignments, another kind",
            {"assignments": {"rules": RULES}},
            {"assignments": {"rules": RULES, "defaultRules": []}},
            [["setAssignmentRules", {"rules": RULES, "defaultRules": []}]],
        ),
        (
            "visitor where nobody set it",
            {},
            {"visitor": {"custom": {"version": "2"}}},
            [["setVisitorData", {"custom": {"version": "2"}}]],
        ),
        (
            "visitor, field changed",
            {"visitor": {"custom": {"version": "2", "plan": "pro"}}},
            {"visitor": {"custom": {"version": 3, "plan": "pro"}}},
            [["setVisitorData", {"custom": {"version": 3, "plan": "pro"}}]],
        ),
        (
            "visitor, field added",
            {"visitor": {"custom": {"version": "2"}}},
            {"visitor": {"custom": {"plan": "pro", "version": "2"}}},
            [["setVisitorData", {"custom": {"plan": "pro", "version": "2"}}]],
        ),
        (
            "visitor, first field",
            {"visitor": {"name": "John Doe"}},
            {"visitor": {"name": "John Doe", "custom": {"plan": "pro"}}},
            [["setVisitorData", {"name": "John Doe", "custom": {"plan": "pro"}}]],
        ),
        (
            "visitor with a hash",
            {**HASH, "visitor": {"custom": {"plan": "pro"}}},
            {**HASH, "visitor": {"custom": {"plan": "basic"}}},
            [["setVisitorData", {"custom": {"plan": "basic"}}, "abc123a1b2c3d4e5f6"]],
        ),
        ("hash without visitor", {**HASH, **SHOWN}, {**HASH, **HIDDEN}, [["hideLauncher"]]),
        (
            "key order",
            {
                "launcher": {"show": False},
                "countries": {"include": ["US"], "exclude": ["CA"]},
                "assignments": {"rules": RULES, "defaultRules": []},
                "triggers": {"enabled": ["a"], "disabled": ["b"]},
                "visitor": {"name": "John Doe", "custom": {"plan": "pro", "version": "2"}},
            },
            {
                "visitor": {"custom": {"version": "2", "plan": "pro"}, "name": "John Doe"},
                "triggers": {"disabled": ["b"], "enabled": ["a"]},
                "assignments": {"defaultRules": [], "rules": RULES},
                "countries": {"exclude": ["CA"], "include": ["US"]},
                "launcher": {"show": False},
            },
            [],
        ),
        (
            "several at once",
            {},
            {
                "visitor": {"custom": {"plan": "pro"}},
                "triggers": {"enabled": ["a"]},
                "launcher": {"show": False},
                "assignments": {"rules": RULES},
                "appearance": {"position": ["left"]},
            },
            [
                ["hideLauncher"],
                ["updatePosition", ["left"]],
                ["disableTriggers"],
                ["enableTriggers", ["a"]],
                ["setAssignmentRules", {"rules": RULES}],
                ["setVisitorData", {"custom": {"plan": "pro"}}],
            ],
        ),
        (
            "same window on both sides",
            {**SHOWN, "openIn": "_blank"},
            {**HIDDEN, "openIn": "_blank"},
            [["hideLauncher"]],
        ),
        (
            "a device's own window",
            {"devices": {"configs": {"mobile": {"openIn": "_blank"}}}},
            {"devices": {"configs": {"mobile": {"openIn": "_blank"}}}, "launcher": {"show": False}},
            [["hideLauncher"]],
        ),
    ]
)


@pytest.mark.parametrize(("before", "after", "commands"), COMMANDS)
def test_commands(ask, before, after, commands):
    assert answer(ask, before, after) == commands


ALL_ON, ALL_OFF = [["enableTriggers"]], [["disableTriggers"]]
# "If you need to re-enable all and disable some, call enableTriggers first.", and
# "If you need to disable all and enable some, call disableTriggers first."
TRIGGERS = [
    (False, ALL_OFF),
    ({"enabled": False}, ALL_OFF),
    ({"disabled": True}, ALL_OFF),
    ({"enabled": []}, ALL_OFF),
    ({"enabled": True}, ALL_ON),
    ({"disabled": False}, ALL_ON),
    ({"disabled": []}, ALL_ON),
    ({"enabled": ["a"]}, [["disableTriggers"], ["enableTriggers", ["a"]]]),
    ({"enabled": ["a", "b"]}, [["disableTriggers"], ["enableTriggers", ["a", "b"]]]),
    ({"disabled": ["a"]}, [["enableTriggers"], ["disableTriggers", ["a"]]]),
    ({"disabled": ["a", "b"]}, [["enableTriggers"], ["disableTriggers", ["a", "b"]]]),
]
BOTH = {"enabled": ["a"], "disabled": ["b"]}
"""The documentation does not say which of them the widget heeds."""


def test_every_form_of_triggers_to_every_other(ask):
    pairs = list(product(TRIGGERS, repeat=2))
    answers = ask([(config({"triggers": a}), config({"triggers": b})) for (a, _), (b, _) in pairs])
    for ((before, calls), (after, wanted)), commands in zip(pairs, answers, strict=True):
        # The same state in another spelling needs nothing.
        assert commands == ([] if calls == wanted else wanted), f"{before} to {after}"


@pytest.mark.parametrize("unset", [{}, {"triggers": {}}], ids=["absent", "empty"])
def test_triggers_where_nobody_set_them(ask, unset):
    answers = ask([(config(unset), config({"triggers": form})) for form, _ in TRIGGERS])
    assert answers == [calls for _, calls in TRIGGERS]
    assert ask([(config(unset), config(other)) for other in ({}, {"triggers": {}})]) == [[], []]


# ---- Where only a document load leads ----------------------------------------------------------

IN_ELEMENT = {"openIn": {"selector": "#chat"}}
ELEMENTS = {
    "for all": IN_ELEMENT,
    "elsewhere": {"openIn": {"selector": ".help"}},
    "on desktop": {"devices": {"configs": {"desktop": IN_ELEMENT}}},
    "on the second device": {"devices": {"configs": {"desktop": SHOWN, "mobile": IN_ELEMENT}}},
}


@pytest.mark.parametrize("element", ELEMENTS.values(), ids=ELEMENTS.keys())
def test_a_chat_in_an_element(ask, element):
    others = [{}, {"openIn": "_blank"}, HIDDEN, *ELEMENTS.values()]
    pairs = [(config(element), config(other)) for other in others]
    answers = ask(pairs + [(after, before) for before, after in pairs])
    assert answers == [LOAD] * len(answers)


# Two values each of what no command changes; nobody having set it is the third.
NO_COMMAND = {
    "appId": ({"appId": "0a1b2c3d4e5f60718293a4b5"}, {"appId": "a" * 24}),
    "openIn": ({"openIn": "_blank"}, {"openIn": "_top"}),
    "language": ({"language": {"use": "de"}}, {"language": {"source": "header"}}),
    "language of the page": ({"language": "de"}, {"language": "de-AT"}),
    "operators": ({"operators": ["a"]}, {"operators": ["a", "b"]}),
    "countries": ({"countries": {"include": ["US"]}}, {"countries": {"exclude": ["US"]}}),
    "closeButton": ({"closeButton": True}, {"closeButton": False}),
    "history": ({"history": True}, {"history": False}),
    "responsive": ({"responsive": True}, {"responsive": False}),
    "analytics": (
        {"analytics": {"google": {"id": "G-1"}}},
        {"analytics": {"google": {"id": "G-1", "enabled": False}}},
    ),
    "init": ({"init": {"delayAfterEvent": 0}}, {"init": {"delayAfterEvent": 500}}),
    "session": ({"session": {"persist": False}}, {"session": {"autoStart": False}}),
    "windowColor": (
        {"appearance": {"windowColor": "red"}},
        {"appearance": {"windowColor": "#fff"}},
    ),
    "teamName": ({"appearance": {"teamName": "Docs"}}, {"appearance": {"teamName": ""}}),
    "welcomes": (
        {"appearance": {"onlineWelcome": "Hello"}},
        {"appearance": {"offlineWelcome": "Hello"}},
    ),
    "textStatuses": (
        {"appearance": {"textStatuses": True}},
        {"appearance": {"textStatuses": False}},
    ),
    "devices": ({"devices": {"exclude": ["ios"]}}, {"devices": {"include": ["ios"]}}),
    "options of devices": (
        {"devices": {"configs": {"mobile": HIDDEN}}},
        {"devices": {"configs": {"android": HIDDEN}}},
    ),
    "unchecked": ({"newer": {"key": 1}}, {"newer": {"key": "1"}}),
    "another unchecked": ({"newer": False}, {"newest": False}),
}


@pytest.mark.parametrize("values", NO_COMMAND.values(), ids=NO_COMMAND.keys())
def test_what_no_command_changes(ask, values):
    changes = list(permutations(({}, *values), 2))
    alone = [(config(before), config(after)) for before, after in changes]
    with_launcher = [(before, {**after, **HIDDEN}) for before, after in alone]
    assert ask(alone + with_launcher) == [LOAD] * 12


VISITOR = {"name": "John Doe", "custom": {"plan": "pro", "version": "2"}}
BACK_TO_WHAT_NOBODY_SET = table(
    [
        ("position", LEFT, {}),
        ("position, of appearance", LEFT, {"appearance": {}}),
        ("triggers", {"triggers": False}, {}),
        ("triggers, all on", {"triggers": {"enabled": True}}, {}),
        ("triggers, empty", {"triggers": {"disabled": ["a"]}}, {"triggers": {}}),
        ("assignments", {"assignments": {"rules": RULES}}, {}),
        ("assignments, empty", {"assignments": {"rules": RULES}}, {"assignments": {}}),
        (
            "assignments, a kind",
            {"assignments": {"rules": RULES, "defaultRules": []}},
            {"assignments": {"rules": RULES}},
        ),
        (
            "assignments, another kind",
            {"assignments": {"defaultRules": []}},
            {"assignments": {"rules": RULES}},
        ),
        ("visitor", {"visitor": VISITOR}, {}),
        ("visitor, name", {"visitor": VISITOR}, {"visitor": {"custom": VISITOR["custom"]}}),
        ("visitor, custom", {"visitor": VISITOR}, {"visitor": {"name": "John Doe"}}),
        (
            "visitor, all of custom",
            {"visitor": VISITOR},
            {"visitor": {"name": "John Doe", "custom": {}}},
        ),
        (
            "visitor, a custom field",
            {"visitor": VISITOR},
            {"visitor": {"name": "John Doe", "custom": {"plan": "pro"}}},
        ),
        (
            "visitor, a custom field for another",
            {"visitor": {"custom": {"plan": "pro"}}},
            {"visitor": {"custom": {"version": "2"}}},
        ),
        ("one of several", {**LEFT, **SHOWN, "triggers": False}, {**RIGHT, **HIDDEN}),
    ]
)


@pytest.mark.parametrize(("before", "after"), BACK_TO_WHAT_NOBODY_SET)
def test_back_to_what_nobody_set(ask, before, after):
    assert answer(ask, before, after) is LOAD


# What one part of the widget was and becomes, and what a device may say about that part.
PARTS = {
    "launcher": (SHOWN, HIDDEN, SHOWN),
    "position": (LEFT, RIGHT, {"appearance": {"position": ["left", 0, 0]}}),
    "triggers": ({"triggers": {"enabled": True}}, {"triggers": False}, {"triggers": False}),
    "assignments": (
        {"assignments": {"rules": RULES}},
        {"assignments": {"rules": OTHER_RULES}},
        {"assignments": {"defaultRules": []}},
    ),
    "visitor": (
        {"visitor": {"custom": {"plan": "pro"}}},
        {"visitor": {"custom": {"plan": "basic"}}},
        {"visitor": {"custom": {"device": "small"}}},
    ),
}


@pytest.mark.parametrize("device", ["desktop", "ios", "android", "mobile"])
@pytest.mark.parametrize("part", PARTS)
def test_devices(ask, part, device):
    before, after, _ = PARTS[part]
    told = {}
    for name, (_, _, own) in PARTS.items():
        devices = {"devices": {"configs": {device: own}}}
        told[name], unchanged = ask(
            [
                (config({**before, **devices}), config({**after, **devices})),
                (config({**before, **devices}), config({**before, **devices})),
            ]
        )
        assert unchanged == []
    wanted = answer(ask, before, after)
    assert wanted
    assert told == {name: LOAD if name == part else wanted for name in PARTS}


def test_launcher_of_a_device_where_nothing_changes(ask):
    devices = {"devices": {"configs": {"mobile": HIDDEN}}}
    assert answer(ask, devices, {**devices, **SHOWN}) == []


def test_triggers_both_enabled_and_disabled(ask):
    others = [{}, *({"triggers": form} for form, _ in TRIGGERS)]
    others.append({"triggers": {"enabled": ["a"], "disabled": ["a", "b"]}})
    pairs = [(config({"triggers": BOTH}), config(other)) for other in others]
    answers = ask(pairs + [(after, before) for before, after in pairs])
    assert answers == [LOAD] * len(answers)
    assert answer(ask, {"triggers": BOTH}, {"triggers": BOTH, **HIDDEN}) == [["hideLauncher"]]


# ---- What only a site's own script can give ----------------------------------------------------


def test_functions_and_objects_are_the_same_or_not(blank):
    told = blank.evaluate("""() => {
      const resolve = () => 'team', emitter = new EventTarget(), layer = [], rules = [{team: true}];
      const config = (assignments, {eventTarget = emitter, apiObject = layer} = {}) =>
        ({init: {eventTarget}, analytics: {google: {apiObject}}, assignments});
      const told = (before, after) => {
        const commands = chaportRuntime.transition(before, after);
        return commands?.map(([method, {resolve: sent, ...others}]) => [method, sent?.(), others]);
      };
      return {
        same: told(config({resolve}), config({resolve})),
        rules: told(config({resolve}), config({resolve, rules})),
        resolve: told(config({resolve, rules}), config({resolve: () => 'other', rules})),
        lost: told(config({resolve, rules}), config({rules})),
        emitter: told(config({rules}), config({rules}, {eventTarget: new EventTarget()})),
        layer: told(config({rules}), config({rules}, {apiObject: {}})),
      };
    }""")
    rules = {"rules": [{"team": True}]}
    assert told == {
        "same": [],
        "rules": [["setAssignmentRules", "team", rules]],
        "resolve": [["setAssignmentRules", "other", rules]],
        "lost": LOAD,
        "emitter": LOAD,
        "layer": LOAD,
    }


# ---- Commands and loads that nothing asks for ---------------------------------------------------


def test_a_number_that_is_none(blank):
    told = blank.evaluate("""() => {
      const config = () => ({visitor: {custom: {balance: NaN}}});
      return chaportRuntime.transition(config(), config());
    }""")
    assert told == []


# ---- The judge: the documentation, read as a state of the widget -------------------------------

UNSET = "the account's own, which no page knows"


class Widget(NamedTuple):
    """What one can observe of the widget on one device."""

    launcher: bool
    position: Any
    triggers: tuple[Any, dict[str, bool]]
    """Whether all are on, and those that are not like all."""
    assignments: dict[str, Any]
    visitor: dict[str, Any]
    fixed: dict[str, Any]
    """All that no command changes, word for word."""


METHODS = {
    "showLauncher": "launcher",
    "hideLauncher": "launcher",
    "updatePosition": "position",
    "enableTriggers": "triggers",
    "disableTriggers": "triggers",
    "setAssignmentRules": "assignments",
    "setVisitorData": "visitor",
}
"""The part of the widget that a method changes, in the order in which the runtime calls them."""


def triggers_of(all_on, ids, on):
    return all_on, {} if all_on is on else dict.fromkeys(ids, on)


def triggers_said(option):
    # "Disable all triggers": "enabled: false", "Alternatively" "disabled: true", "Or"
    # "triggers: false"
    if option is False:
        return triggers_of(False, (), False)
    match option or {}:
        case {"enabled": _, "disabled": _}:
            # Nothing is said about both at once: a state of its own.
            return json.dumps(option, sort_keys=True), {}
        case {"enabled": bool(on)}:
            return triggers_of(on, (), on)
        case {"disabled": bool(off)}:
            return triggers_of(not off, (), not off)
        case {"enabled": ids}:
            # "unlike the triggers configuration option, passing specific triggers to this method
            # doesn't disable any other triggers": the option does.
            return triggers_of(False, ids, True)
        case {"disabled": ids}:
            # "unlike the triggers configuration option, passing specific triggers to this method
            # doesn't enable any other triggers": the option does.
            return triggers_of(True, ids, False)
    # Only the account knows: nobody set it.
    return UNSET, {}


def on_device(config, device):
    """The options that hold on a device: "Per-device overrides. Each override supports all ..."."""
    configs = config.get("devices", {}).get("configs", {})
    # "mobile (matches both ios and android)"
    names = {"desktop": ["desktop"]}.get(device, ["mobile", device])
    for name in names:
        config = laid(config, configs.get(name, {}))
    return config


def laid(under, over):
    result = dict(under)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = laid(result[key], value) if both else value
    return result


def widget_of(config):
    options = deepcopy(config)
    appearance = options.pop("appearance", {})
    visitor = options.pop("visitor", {})
    # "Security rule: ... sign the data server-side and pass visitorIntegrityHash."
    signed = options.get("visitorIntegrityHash")
    return Widget(
        # "show": "Set to false to hide the default launcher"
        launcher=options.pop("launcher", {}).get("show") is not False,
        # "position": "either left or right ..., second and third elements are optional"
        position=appearance.pop("position", UNSET),
        # "Optional. Allows disabling triggers during initialization."
        triggers=triggers_said(options.pop("triggers", None)),
        # "Optional. Overrides account-level assignment rules."
        assignments=options.pop("assignments", {}),
        # "Optional. Pass visitor data during initialization."
        visitor=fields_of(visitor, signed),
        fixed={**options, "appearance": appearance},
    )


def fields_of(visitor, signed):
    # "For custom fields with API keys like custom.*, pass them under visitor.custom and omit the
    # custom. prefix."
    custom = {f"custom.{key}": value for key, value in visitor.get("custom", {}).items()}
    named = {key: value for key, value in visitor.items() if key != "custom"}
    return {key: (value, signed) for key, value in {**named, **custom}.items()}


def called(widget, command):
    """The widget after one command; only those that open no chat and end no session are known."""
    all_on, single = widget.triggers
    match command:
        case ["showLauncher"]:
            # "Shows the default launcher."
            return widget._replace(launcher=True)
        case ["hideLauncher"]:
            # "Hides the default launcher."
            return widget._replace(launcher=False)
        case ["updatePosition", list(position)]:
            # "position": "Position in the same format as appearance.position"
            return widget._replace(position=position)
        case ["enableTriggers" | "disableTriggers" as method]:
            # "Enables all ... triggers", "Disables all ... triggers"
            return widget._replace(triggers=(method == "enableTriggers", {}))
        case ["enableTriggers" | "disableTriggers" as method, [_, *_] as ids]:
            # "passing specific triggers to this method doesn't disable any other triggers", and
            # "doesn't enable any other triggers if they were previously disabled"
            single = {**single, **dict.fromkeys(ids, method == "enableTriggers")}
            single = {key: on for key, on in single.items() if on is not all_on}
            return widget._replace(triggers=(all_on, single))
        case ["setAssignmentRules", dict(given)]:
            # "Updates assignment rules after the page has loaded. Input format matches the
            # assignments option." Whether kinds that are not given stay, it does not say.
            lost = dict.fromkeys(widget.assignments, "no longer known")
            return widget._replace(assignments={**lost, **given})
        case ["setVisitorData", dict(visitor), *signed] if len(signed) < 2:
            # "Sends visitor data to the server." "data": "same structure as visitor option";
            # "hash": "Optional integrity hash"
            sent = fields_of(visitor, signed[0] if signed else None)
            return widget._replace(visitor={**widget.visitor, **sent})
    raise AssertionError(f"no such command, or one that does more: {command}")


def after_all(widget, commands):
    for command in commands:
        widget = called(widget, command)
    return widget


def commands_towards(*configs):
    """Every documented command that could help, with every argument that these say."""
    yield from (["showLauncher"], ["hideLauncher"], ["enableTriggers"], ["disableTriggers"])
    for one in configs:
        if "position" in one.get("appearance", {}):
            yield ["updatePosition", one["appearance"]["position"]]
        for ids in (one.get("triggers") or {}).values():
            if isinstance(ids, list) and ids:
                yield from (["enableTriggers", ids], ["disableTriggers", ids])
        if "assignments" in one:
            yield ["setAssignmentRules", one["assignments"]]
        if "visitor" in one:
            signed = one.get("visitorIntegrityHash")
            yield ["setVisitorData", one["visitor"], *([signed] if signed else [])]


def load_is_needed(before, after):
    """Whether no documented commands lead from one to the other under the design's rules."""
    if in_element(before) or in_element(after):
        return True
    devices = [*configs_of_devices(before), *configs_of_devices(after)]
    left, wanted = widget_of(before), widget_of(after)
    commands = list(commands_towards(before, after))
    for part in Widget._fields:
        if getattr(left, part) == getattr(wanted, part):
            continue
        # A changed option that devices.configs touches: commands know no devices.
        if any(part in {**one, **one.get("appearance", {})} for one in devices):
            return True
        # With both enabled and disabled, the documentation does not say which the widget heeds.
        if part == "triggers" and any(is_double(one.get("triggers")) for one in (before, after)):
            return True
        useful = [command for command in commands if METHODS[command[0]] == part]
        ways = chain.from_iterable(product(useful, repeat=length) for length in (1, 2))
        if not any(getattr(after_all(left, way), part) == getattr(wanted, part) for way in ways):
            return True
    return False


def in_element(config):
    """Whether any device has openIn.selector: the element goes with the page."""
    return any(isinstance(one.get("openIn"), dict) for one in (config, *configs_of_devices(config)))


def is_double(triggers):
    return isinstance(triggers, dict) and len(triggers) == 2


def configs_of_devices(config):
    return config.get("devices", {}).get("configs", {}).values()


# ---- Any two configurations --------------------------------------------------------------------

CHANGED_BY_COMMANDS = {
    "launcher.show": [True, False],
    "appearance.position": [["left"], ["left", 20, 20], ["right", 20, 20]],
    "triggers": [*(form for form, _ in TRIGGERS), {"enabled": ["b"]}, {}, BOTH],
    "assignments.rules": [RULES, OTHER_RULES, []],
    "assignments.defaultRules": [OTHER_RULES, []],
    "visitor.name": ["John Doe", "Jane Doe"],
    "visitor.email": ["john@example.com"],
    "visitor.phone": ["1"],
    "visitor.notes": [""],
    "visitor.custom.plan": ["pro", "basic"],
    "visitor.custom.balance": [1000, 0],
}
ON_DEVICES = {
    "devices.configs.desktop": [HIDDEN, LEFT],
    "devices.configs.ios": [SHOWN, {"triggers": False}],
    "devices.configs.android": [{"visitor": {"custom": {"plan": "pro"}}}, IN_ELEMENT],
    "devices.configs.mobile": [HIDDEN, RIGHT, {"assignments": {"rules": RULES}}, {"history": True}],
}
CHANGED_BY_NONE = {
    **ON_DEVICES,
    "appId": ["0a1b2c3d4e5f60718293a4b5"],
    "analytics.google.id": ["G-1"],
    "analytics.google.enabled": [False],
    "appearance.windowColor": ["red", "#fff"],
    "appearance.teamName": ["Docs"],
    "appearance.onlineWelcome": ["Hello"],
    "appearance.textStatuses": [True],
    "closeButton": [True, False],
    "countries.include": [["US"]],
    "countries.exclude": [["US", "CA"]],
    "devices.exclude": [["ios"]],
    "history": [False],
    "init.delayAfterEvent": [0, 500],
    "language.use": ["en", "de"],
    "language.source": ["header"],
    "openIn": ["_blank", {"selector": "#chat"}],
    "operators": [["a"], ["a", "b"]],
    "responsive": [True, False],
    "session.autoStart": [True],
    "newer": [1, {"key": 1}],
}


def choices(pool):
    """A path and one of its values; every path as often as every other."""
    paths = {path: st.tuples(st.just(path), st.sampled_from(pool[path])) for path in pool}
    return st.sampled_from(list(pool)).flatmap(paths.get)


commanded_choice = choices(CHANGED_BY_COMMANDS)
any_choice = choices({**CHANGED_BY_COMMANDS, **CHANGED_BY_NONE})
mostly_commanded = st.integers(0, 5).flatmap(lambda n: commanded_choice if n else any_choice)


def built(said, also):
    """A configuration from paths and their values."""
    result = {**deepcopy(BASE), **also}
    for path, value in said.items():
        *above, last = path.split(".")
        inner = result
        for key in above:
            inner = inner.setdefault(key, {})
        inner[last] = deepcopy(value)
    return result


@st.composite
def two_configurations(draw):
    """A configuration, and it again with a few changes."""
    before = dict(draw(st.lists(commanded_choice, max_size=6)))
    before |= dict(draw(st.lists(any_choice, max_size=2)))
    before |= dict(draw(st.lists(choices(ON_DEVICES), max_size=1)))
    after = before | dict(draw(st.lists(mostly_commanded, max_size=4)))
    if draw(st.integers(0, 4)) == 4:
        for path in draw(st.lists(st.sampled_from(sorted(before)), max_size=2)) if before else ():
            after.pop(path, None)
    # The hash comes from the site's own script, so it stands on both sides.
    also = draw(st.sampled_from([{}, {}, HASH]))
    return built(before, also), built(after, also)


def test_the_pool_has_every_documented_option():
    pools = (CHANGED_BY_COMMANDS, CHANGED_BY_NONE, HASH)
    named = {path.split(".")[0] for pool in pools for path in pool}
    assert named == {*options_of("PageOptions"), "newer"} - {"enabled"}


@settings(max_examples=500, derandomize=True, deadline=None, database=None)
@given(pair=two_configurations())
def test_any_two_configurations(ask, pair):
    before, after = pair
    commands, idle = ask([pair, (before, before)])
    left, wanted = widget_of(before), widget_of(after)

    assert idle == (LOAD if in_element(before) else [])
    if commands is LOAD:
        assert load_is_needed(before, after)
        return
    # None that the judge does not know: open, openIn, toggle, setActiveTrigger, startSession, ...
    assert {method for method, *_ in commands} <= METHODS.keys()
    assert after_all(left, commands) == wanted
    for device in ("desktop", "ios", "android"):
        reached = after_all(widget_of(on_device(before, device)), commands)
        assert reached == widget_of(on_device(after, device)), device
    # Nothing is said about what stays, and the parts have their order.
    parts = [METHODS[method] for method, *_ in commands]
    changed = [part for part in Widget._fields if getattr(left, part) != getattr(wanted, part)]
    assert list(dict.fromkeys(parts)) == changed
