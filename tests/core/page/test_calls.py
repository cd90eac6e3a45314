"""Calls of the vendor's API as authors write them: every method, every spelling, every mistake."""

import json

import pytest

from chaport_core.page.calls import read_address, read_attributes
from chaport_core.schema.known import keys_at

READ = [
    ("chaport:open", "open", []),
    ("CHAPORT:toggle", "toggle", []),
    ("chaport:close", "close", []),
    ("chaport:hideLauncher", "hideLauncher", []),
    ("chaport:showLauncher", "showLauncher", []),
    ("chaport:openIn?target=_blank", "openIn", ["_blank"]),
    ("chaport:openIn?selector=%23chat", "openIn", [{"selector": "#chat"}]),
    ("chaport:openIn?selector=#chat", "openIn", [{"selector": "#chat"}]),
    (
        "chaport:setActiveTrigger?message=Hello%20there",
        "setActiveTrigger",
        [{"message": "Hello there"}],
    ),
    ("chaport:setActiveTrigger?message=12", "setActiveTrigger", [{"message": "12"}]),
    ("chaport:setActiveTrigger?message=[draft", "setActiveTrigger", [{"message": "[draft"}]),
    ("chaport:setActiveTrigger?message=[1]", "setActiveTrigger", [{"message": "[1]"}]),
    ("chaport:updatePosition?position=left,20,40.5", "updatePosition", [["left", 20, 40.5]]),
    ('chaport:updatePosition?position=["left"]', "updatePosition", [["left"]]),
    ("chaport:updatePosition?position=left", "updatePosition", [["left"]]),
    ("chaport:enableTriggers", "enableTriggers", []),
    ("chaport:enableTriggers?triggers=a", "enableTriggers", [["a"]]),
    ("chaport:disableTriggers?triggers=a,b", "disableTriggers", [["a", "b"]]),
    ("chaport:disableTriggers?triggers=a&triggers=b", "disableTriggers", [["a", "b"]]),
    (
        'chaport:setVisitorData?custom={"plan":"pro"}',
        "setVisitorData",
        [{"custom": {"plan": "pro"}}],
    ),
    ("chaport:startSession", "startSession", []),
    ("chaport:stopSession?clearCredentials=true", "stopSession", [True]),
    ("chaport:newPageView?url=/a&title=B", "newPageView", [{"url": "/a", "title": "B"}]),
    (
        'chaport:setAssignmentRules?rules=[{"team":true}]',
        "setAssignmentRules",
        [{"rules": [{"team": True}]}],
    ),
]


@pytest.mark.parametrize(("address", "method", "arguments"), READ)
def test_an_address_is_read(address, method, arguments):
    call, problems = read_address(address)
    assert (call, problems) == ((method, tuple(arguments)), [])


@pytest.mark.parametrize(("method", "arguments"), [case[1:] for case in READ])
def test_the_same_call_stands_in_attributes(method, arguments):
    call, problems = read_attributes(f" {method} ", json.dumps(arguments))
    assert (call, problems) == ((method, tuple(arguments)), [])


RETURNS = [
    ("chaport:compare?parameterValue=1&matcher==&matchValue=2", ("compare", ("1", "=", "2"))),
    ("chaport:getActiveTrigger", ("getActiveTrigger", ())),
    ("chaport:getParameterValue?key=page_url", ("getParameterValue", ("page_url",))),
    ("chaport:getTriggerById?id=5820", ("getTriggerById", ("5820",))),
    ("chaport:getWidgetState", ("getWidgetState", ())),
]


@pytest.mark.parametrize(("address", "call"), RETURNS)
def test_a_method_that_only_returns_is_called_with_a_hint(address, call):
    read, [problem] = read_address(address)
    told = f"nobody hears what {call[0]} returns here; call it in the site's own script"
    assert (read, str(problem), problem.severity) == (call, told, "info")


def test_every_documented_method_is_read_somewhere_above():
    read = {method for _, method, _ in READ} | {call[0] for _, call in RETURNS} | {"isOnline"}
    assert read == set(keys_at("Methods", ()))
    assert len(read) == 21


NONE = ", ".join(keys_at("Methods", ()))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("chaport:opne", "opne: is not a method of Chaport; did you mean open?"),
        ("chaport://open", '"//open": is not a method of Chaport; did you mean open?'),
        ("chaport:", f'"": is not a method of Chaport; expected one of {NONE}'),
        ("chaport:openIn", "openIn.target: is missing"),
        (
            "chaport:openIn?selektor=%23x",
            "openIn.target.selektor: is not a parameter here; did you mean selector?",
        ),
        ("chaport:setActiveTrigger", "setActiveTrigger.trigger: is missing"),
        (
            "chaport:updatePosition?position=1",
            "updatePosition.position: expected a list, found the text '1'",
        ),
        (
            "chaport:stopSession?clearCredentials=yes",
            "stopSession.clearCredentials: expected true or false, found the text 'yes';"
            " remove the quotes",
        ),
        ("chaport:open?x=1", "open.x: is not a parameter here; this method takes none"),
        (
            "chaport:getParameterValue?key=page_ulr",
            "getParameterValue.key: expected one of page_url, message_text, country, language,"
            " referrer_url, utm_source, utm_medium, utm_term, utm_campaign, utm_content, found the"
            " text 'page_ulr'; did you mean page_url?",
        ),
        (
            "chaport:isOnline",
            "isOnline answers to a function; call it in the site's own script",
        ),
    ],
)
def test_a_mistake_in_an_address_is_told(address, message):
    call, problems = read_address(address)
    assert (call, [(str(one), one.severity) for one in problems]) == (None, [(message, "warning")])


@pytest.mark.parametrize(
    ("method", "arguments", "message"),
    [
        ("open", "[1]", "open takes no arguments; found 1 in data-chaport-args"),
        ("openIn", "[1, 2]", "openIn takes only target; found 2 in data-chaport-args"),
        (
            "openIn",
            '"_blank"',
            "data-chaport-args: expected a list, found a text; write [...]",
        ),
        (
            "openIn",
            "[",
            "data-chaport-args is no JSON (Expecting value: line 1 column 2 (char 1));"
            " write a list: [...]",
        ),
        (
            "compare",
            "[NaN]",
            "data-chaport-args is no JSON (NaN is no JSON value); write a list: [...]",
        ),
        (
            "openIn",
            "[1]",
            "openIn.target: expected text such as _blank, or a mapping {selector: '#element'},"
            " found the number 1",
        ),
        ("opne", None, "opne: is not a method of Chaport; did you mean open?"),
    ],
)
def test_a_mistake_in_attributes_is_told(method, arguments, message):
    call, problems = read_attributes(method, arguments)
    assert (call, [(str(one), one.severity) for one in problems]) == (None, [(message, "warning")])


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("chaport:setVisitorData?name=Ann", "visitor.name"),
        ("chaport:setVisitorData?data={}&hash=abc", "visitorIntegrityHash"),
        ("chaport:startSession?id=1&token=tok-en", "session.user"),
        ('chaport:startSession?visitorCredentials={"id":"1"}', "session.user"),
        (f"chaport:open?x={'a1' * 20}", "x"),
    ],
)
def test_a_secret_is_one_and_its_value_not_repeated(address, place):
    call, [problem] = read_address(address)
    assert (call, problem.severity, str(problem).partition(":")[0]) == (None, "secret", place)
    assert not any(value in str(problem) for value in ("Ann", "abc", "tok-en", "a1a1"))


SALT = "a1" * 20
HIDDEN = [
    # However it is misspelt, it is stopped.
    "chaport:setVisitordata?email=a@b.c",
    "chaport:startsession?id=1&token=abc",
    "chaport:open?email=a@b.c",
    "chaport:setVisitorData?data.email=a@b.c",
    "chaport:setVisitorData?data[email]=a@b.c",
    f"chaport:{SALT}",
    f"chaport:open?{SALT}",
    f"chaport:open#{SALT}",
]


@pytest.mark.parametrize("address", HIDDEN)
def test_a_misspelt_secret_is_one_too(address):
    call, problems = read_address(address)
    assert (call, {problem.severity for problem in problems}) == (None, {"secret"})
    assert not any(hidden in str(problems) for hidden in ("a@b.c", "abc", SALT))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ('chaport:setVisitorData?data={"email":"a@b.c"', "setVisitorData.data: expected a mapping"),
        ("chaport:setVisitorData?data=name,a@b.c", "setVisitorData.data: expected a mapping"),
    ],
)
def test_what_may_be_somebodys_data_is_not_repeated(address, told):
    call, problems = read_address(address)
    assert (call, [(str(one), one.severity) for one in problems]) == (None, [(told, "warning")])


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("open", '["a@b.c", {"email": "a@b.c"}]'),
        ("setVisitorData", '{"email": "a@b.c"}'),
        ("setVisitorData", '[{}, "hash", {"phone": "a@b.c"}]'),
        ("open", f'["{SALT}"]'),
        (SALT, None),
    ],
)
def test_a_secret_in_attributes_is_one_whatever_their_form(method, arguments):
    call, problems = read_attributes(method, arguments)
    assert (call, {problem.severity for problem in problems}) == (None, {"secret"})
    assert not any(hidden in str(problems) for hidden in ("a@b.c", SALT))


@pytest.mark.parametrize("levels", [100, 5_000, 100_000])
def test_a_list_in_lists_is_no_crash(levels):
    for arguments in ("[" * levels, "[" * levels + "]" * levels, f"[{'[' * levels}{']' * levels}]"):
        call, problems = read_attributes("setVisitorData", arguments)
        assert (call, len(problems)) == (None, 1)


def test_a_mapping_said_as_text_and_by_a_key_is_no_crash():
    call, problems = read_address("chaport:setActiveTrigger?trigger=x&trigger.message=y")
    assert (call, len(problems)) == (None, 2)


@pytest.mark.parametrize("key", ["message", "trigger.message", "trigger[message]"])
def test_a_key_of_a_mapping_may_name_it(key):
    call, problems = read_address(f"chaport:setActiveTrigger?{key}=Hi")
    assert (call, problems) == (("setActiveTrigger", ({"message": "Hi"},)), [])
