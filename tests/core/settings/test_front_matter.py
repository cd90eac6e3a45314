"""Every spelling of a page's settings is read, only mistakes are dropped, and off is never lost."""

import datetime
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.far_end.addresses import APP_ID

from chaport_core.page.chat import Chat, Page
from chaport_core.settings.front_matter import read_front_matter, unread_keys, unread_problem

PAGE = "<!doctype html><html><head></head><body></body></html>"
NO_CHAT = "; this page gets no chat until that is mended"
EMPTY = (
    "is empty; # starts a comment in YAML, so put a value that begins with # in quotes,"
    " or remove the line"
)
FLAT_KEYS = (
    "is not one of the flat keys (chaport_launcher, chaport_open_in, chaport_language,"
    " chaport_triggers, chaport_history, chaport_close_button, chaport_responsive);"
    ' write it as one line of JSON: chaport: {"launcher": {"show": false}}'
)
TRUE = [True, "true", "True", "TRUE", "on", "On", "yes", " yes ", ["on"]]
FALSE = [False, "false", "False", "FALSE", "off", "OFF", "no", "No", " no\n", ["no"]]


def read(front_matter: dict[Any, Any]) -> tuple[Any, list[str]]:
    layer, problems = read_front_matter(front_matter)
    assert all(problem.severity in ("error", "warning") for problem in problems)
    return layer, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    "front_matter",
    [
        {},
        {"title": "Chaport", "tags": ["chaport"]},
        {"launcher": {"show": False}, "enabled": False},
        {5: "chaport", None: "chaport", True: 1},
        {"my_chaport": False, "chap": False},
    ],
    ids=str,
)
def test_a_page_that_says_nothing_has_no_layer(front_matter: dict[Any, Any]) -> None:
    assert read(front_matter) == (None, [])


@pytest.mark.parametrize("key", ["chaport", "Chaport", "CHAPORT"])
@pytest.mark.parametrize(("values", "enabled"), [(TRUE, True), (FALSE, False)], ids=["on", "off"])
def test_one_word_turns_chat_on_or_off(key: str, values: list[Any], enabled: bool) -> None:
    assert [read({key: value}) for value in values] == [({"enabled": enabled}, [])] * len(values)


CONFIGS: list[dict[str, Any]] = [
    {"openIn": "_blank"},
    {"launcher": {"show": False}, "openIn": {"selector": "#chat"}},
    {"enabled": False, "operators": ["ann"]},
    {"appearance": None, "language": {"use": None}},
    {"appearance": {"teamName": "O'Neil & <Söhne> \u2028"}},
    {},
]


@pytest.mark.parametrize("config", CONFIGS, ids=ascii)
def test_a_mapping_and_its_json_say_the_same(config: dict[str, Any]) -> None:
    lines = json.dumps(config, indent=2).splitlines()
    spellings = [config, json.dumps(config), f"  {json.dumps(config)} ", lines, ["", *lines]]
    assert [read({"chaport": one}) for one in spellings] == [(config, [])] * len(spellings)


FLAT: list[tuple[list[str], Any, dict[str, Any]]] = [
    (
        ["chaport_launcher", "Chaport-Launcher", "CHAPORT_LAUNCHER", "chaportlauncher"],
        "false",
        {"launcher": {"show": False}},
    ),
    (["chaport_launcher"], True, {"launcher": {"show": True}}),
    (["chaport_launcher"], ["off"], {"launcher": {"show": False}}),
    (["chaport_open_in", "chaport_openin", "chaport-open-in"], "_blank", {"openIn": "_blank"}),
    (["chaport_open_in"], "#chat", {"openIn": {"selector": "#chat"}}),
    (["chaport_open_in"], ".chat > p", {"openIn": {"selector": ".chat > p"}}),
    (["chaport_open_in"], " #chat ", {"openIn": {"selector": "#chat"}}),
    (["chaport_language"], "fr", {"language": {"use": "fr"}}),
    (["chaport_triggers"], "false", {"triggers": False}),
    (["chaport_triggers"], "true", {"triggers": {"enabled": True}}),
    (["chaport_triggers"], {"enabled": ["a"]}, {"triggers": {"enabled": ["a"]}}),
    (["chaport_history"], "no", {"history": False}),
    (["chaport_close_button", "chaport_closebutton"], "yes", {"closeButton": True}),
    (["chaport_responsive"], True, {"responsive": True}),
]


@pytest.mark.parametrize(("keys", "value", "layer"), FLAT)
def test_the_closed_table_of_flat_keys(keys: list[str], value: Any, layer: dict[str, Any]) -> None:
    assert [read({key: value}) for key in keys] == [(layer, [])] * len(keys)


def test_flat_keys_stand_beside_each_other_and_beside_the_word() -> None:
    front_matter = {
        "chaport_open_in": "_blank",
        "title": "x",
        "chaport": "off",
        "Chaport_Launcher": "true",
    }
    layer = {"enabled": False, "openIn": "_blank", "launcher": {"show": True}}
    assert read(front_matter) == (layer, [])


@pytest.mark.parametrize(
    "key", ["chaport_foo", "chaport_show", "chaport_appearance", "chaport.launcher", "chaport2"]
)
def test_any_other_flat_key_is_a_problem(key: str) -> None:
    named = f'"{key}"' if "." in key else key
    assert read({key: "x", "chaport_history": "no"}) == (
        {"history": False},
        [f"{named}: {FLAT_KEYS}"],
    )


@pytest.mark.parametrize("key", ["chaport_enabled", "Chaport-Enabled"])
@pytest.mark.parametrize("value", ["false", "true", True, False, "x"])
def test_a_flat_enabled_is_a_problem_and_counts_as_off(key: str, value: Any) -> None:
    assert read({key: value}) == (
        {"enabled": False},
        [f"{key}: {FLAT_KEYS}, or chaport: false{NO_CHAT}"],
    )


WRONG_FLAT: list[tuple[str, Any, str]] = [
    ("chaport_launcher", "hide", "expected true or false, found the text 'hide'"),
    ("chaport_responsive", "1", "expected true or false, found the text '1'"),
    (
        "chaport_language",
        "FR",
        "expected a 2-letter language code in small letters, such as en, found the text 'FR'",
    ),
    (
        "chaport_triggers",
        "a, b",
        "expected false, or a mapping with enabled or disabled, found the text 'a, b'",
    ),
    (
        "chaport_open_in",
        5,
        "expected text such as _blank, or a mapping {selector: '#element'}, found the number 5",
    ),
    (
        "chaport_history",
        datetime.date(2024, 1, 1),
        "found the date 2024-01-01, which JSON cannot hold; put it in quotes to make it text",
    ),
]


@pytest.mark.parametrize(("key", "value", "message"), WRONG_FLAT)
def test_a_mistaken_flat_value_is_left_out(key: str, value: Any, message: str) -> None:
    assert read({key: value, "chaport": False}) == ({"enabled": False}, [f"{key}: {message}"])


def test_norwegian_is_a_language_in_a_flat_key() -> None:
    """Pelican's readers give text, and quotes would be part of it."""
    assert read({"chaport_language": "no"}) == ({"language": {"use": "no"}}, [])


@pytest.mark.parametrize("value", [None, "", " ", [""]])
@pytest.mark.parametrize(
    "key",
    ["chaport", "chaport_open_in", "chaport_launcher", "chaport_language", "chaport_triggers"],
)
def test_an_empty_value_is_a_problem_with_the_quoting_hint(key: str, value: Any) -> None:
    assert read({key: value}) == ({}, [f"{key}: {EMPTY}"])


OFFENDING: list[tuple[dict[str, Any], dict[str, Any], list[str]]] = [
    (
        {"enabled": False, "lancher": {}},
        {"enabled": False},
        ["chaport.lancher: is not an option here; did you mean launcher?"],
    ),
    (
        {"appearance": {"position": ["top", 1], "teamName": "x"}, "history": False},
        {"appearance": {"teamName": "x"}, "history": False},
        ["chaport.appearance.position[0]: expected one of left, right, found the text 'top'"],
    ),
    (
        {"operators": ["ann", 5, "bob"], "enabled": False},
        {"enabled": False},
        ["chaport.operators[1]: expected text, found the number 5"],
    ),
    (
        {"openIn": {"selector": 5}, "enabled": True},
        {"enabled": True},
        ["chaport.openIn.selector: expected text, found the number 5"],
    ),
    (
        {"devices": {"configs": {"ios": {"history": "x", "openIn": "a"}, "desktop": {}}}},
        {"devices": {"configs": {"ios": {"openIn": "a"}, "desktop": {}}}},
        ["chaport.devices.configs.ios.history: expected true or false, found the text 'x'"],
    ),
    (
        {"assignments": {"rules": [{"a": True}, {"b": 5}], "defaultRules": []}},
        {"assignments": {"defaultRules": []}},
        [
            "chaport.assignments.rules[1].b: expected true, false or [parameter key, matcher,"
            " value], found the number 5"
        ],
    ),
    (
        {"appId": None, "enabled": False},
        {"enabled": False},
        ["chaport.appId: cannot be taken away; use enabled: false"],
    ),
    (
        {5: "x", "enabled": False},
        {"enabled": False},
        [
            "chaport.5: expected a key that is text, found the number 5; YAML reads on, off, yes,"
            " no and numbers as values, so put the key in quotes"
        ],
    ),
    (
        {"openIn": datetime.date(2024, 1, 1), "history": False},
        {"history": False},
        [
            "chaport.openIn: found the date 2024-01-01, which JSON cannot hold;"
            " put it in quotes to make it text"
        ],
    ),
]


@pytest.mark.parametrize(("value", "layer", "problems"), OFFENDING)
def test_only_the_offending_keys_are_left_out(
    value: dict[Any, Any], layer: dict[str, Any], problems: list[str]
) -> None:
    assert read({"chaport": value}) == (layer, problems)


@pytest.mark.parametrize(
    ("value", "layer"),
    [
        (
            {"appearance": {"teamName": datetime.date(2024, 1, 1), "textStatuses": True}},
            {"appearance": {"textStatuses": True}},
        ),
        (
            {"visitor": {"custom": {"released": datetime.date(2024, 1, 1), "version": "1"}}},
            {"visitor": {"custom": {"version": "1"}}},
        ),
        (
            {"visitor": {"custom": {404: "x", "version": "1"}}},
            {"visitor": {"custom": {"version": "1"}}},
        ),
        (
            {"devices": {"configs": {"ios": {"init": {"maxDelay": float("nan"), "event": "e"}}}}},
            {"devices": {"configs": {"ios": {"init": {"event": "e"}}}}},
        ),
    ],
)
def test_what_json_cannot_hold_does_not_take_its_siblings_away(
    value: dict[Any, Any], layer: dict[str, Any]
) -> None:
    found, problems = read({"chaport": value})
    assert (found, len(problems)) == (layer, 1)


NOT_A_MAPPING: list[tuple[Any, str]] = [
    (5, "found the number 5"),
    (0, "found the number 0"),
    ([], "found an empty list"),
    ([False], "found a list"),
    ("none", "found the text 'none'"),
    ("'false'", "found the text ''false''"),
    (["", "launcher:", "show: false"], r"found the text 'launcher:\nshow: false'"),
    (datetime.date(2024, 1, 1), "found the date 2024-01-01"),
]


@pytest.mark.parametrize(("value", "found"), NOT_A_MAPPING)
def test_what_could_have_said_off_counts_as_off(value: Any, found: str) -> None:
    assert read({"chaport": value}) == (
        {"enabled": False},
        [f"chaport: expected true, false or a mapping of options, {found}{NO_CHAT}"],
    )


@pytest.mark.parametrize("value", ["no", "false", 0, [], {}, datetime.date(2024, 1, 1)])
def test_a_mistaken_enabled_counts_as_off(value: Any) -> None:
    layer, (problem,) = read({"chaport": {"enabled": value, "history": False}})
    assert layer == {"enabled": False, "history": False}
    assert problem.startswith("chaport.enabled: ")
    assert problem.endswith(NO_CHAT)


@pytest.mark.parametrize("line", ['{"enabled": false', "{'openIn': '_blank'}", "{enabled: false}"])
def test_a_line_that_is_almost_json_counts_as_off(line: str) -> None:
    layer, (problem,) = read({"chaport": line})
    assert layer == {"enabled": False}
    assert problem.startswith("chaport: is not a line of JSON (")
    assert problem.endswith(f"){NO_CHAT}")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
        (f'{{"a": {"9" * 5000}}}', "a number has too many digits"),
        ('{"history": NaN}', "NaN is no JSON value"),
    ],
    ids=["nested deeply", "a long number", "NaN"],
)
def test_a_line_of_json_that_python_cannot_read_is_told_in_words(line: str, reason: str) -> None:
    problem = f"chaport: is not a line of JSON ({reason}){NO_CHAT}"
    assert read({"chaport": line}) == ({"enabled": False}, [problem])


def test_a_number_that_python_cannot_write_counts_as_off() -> None:
    # YAML reads them from 0xfff...
    found = "expected true, false or a mapping of options, found a number of too many digits"
    assert read({"chaport": 1 << 99_999}) == ({"enabled": False}, [f"chaport: {found}{NO_CHAT}"])


@pytest.mark.parametrize("first", [("chaport", False), ("Chaport", False)])
def test_off_is_not_lost_to_another_spelling_of_the_same_key(first: tuple[str, bool]) -> None:
    other = "Chaport" if first[0] == "chaport" else "chaport"
    layer, _ = read(dict([first, (other, {"history": False}), ("CHAPORT", True)]))
    assert layer["enabled"] is False


@pytest.mark.parametrize("key", ["chaport", "chaport_open_in", "chaport_launcher", "chaport_x"])
def test_front_matter_that_contains_itself_is_a_problem(key: str) -> None:
    ring: dict[str, Any] = {"enabled": False}
    ring["a"] = ring
    layer, problems = read({key: ring})
    assert len(problems) == 1
    assert key != "chaport" or layer == {"enabled": False}


@pytest.mark.parametrize("name", ["\0", "\0x", "\0list"], ids=ascii)
@pytest.mark.parametrize("spelling", [dict, json.dumps], ids=["nested", "JSON"])
def test_a_key_that_begins_with_nul_is_a_problem(name: str, spelling: Any) -> None:
    layer, problems = read({"chaport": spelling({name: 1, "enabled": False})})
    assert (layer, len(problems)) == ({"enabled": False}, 1)


LEAKS = (
    "chaport: is empty and its nested lines were read as keys of their own, because this reader"
    ' takes no YAML; write it as one line of JSON: chaport: {"launcher": {"show": false}}'
)


@pytest.mark.parametrize(
    "leaked",
    [{"launcher": ["", "show: false"]}, {"openin": "_blank"}, {"enabled": "false"}],
    ids=str,
)
def test_nested_yaml_in_a_reader_that_takes_none_counts_as_off(leaked: dict[str, Any]) -> None:
    """Python-Markdown reads 2-space nested YAML as top-level keys."""
    assert read({"title": "x", "chaport": "", **leaked}) == (
        {"enabled": False},
        [f"{LEAKS}{NO_CHAT}"],
    )


def test_a_warning_leaves_the_value_where_it_is() -> None:
    value = {"countries": {"include": ["US"], "exclude": ["CA"]}}
    layer, problems = read_front_matter({"chaport": value})
    assert layer == value
    assert [(str(one), one.severity) for one in problems] == [
        (
            "chaport.countries.include: is ignored by the widget because exclude is set beside it;"
            " keep one of the two",
            "warning",
        )
    ]


UNREAD: list[tuple[str, set[str], list[str]]] = [
    # source text, keys the host read, what it did not read
    ("---\ntitle: x\nchaport: false\n---\ntext", {"title", "chaport"}, []),
    ("---\ntitle: a: b\nchaport: false\n---\ntext", set(), ["chaport"]),
    ("\ufeff---\r\nchaport:\r\n  enabled: false\r\n---\r\ntext", set(), ["chaport"]),
    (
        "---\nchaport_launcher: x\nChaport-Open-In: y\n...\n",
        {"chaport_launcher"},
        ["Chaport-Open-In"],
    ),
    ("---\n'chaport': {a: }\n---\n", set(), ["chaport"]),
    (
        "Title: x\nchaport.launcher: x\nChaport: off\n\ntext",
        {"title"},
        ["chaport.launcher", "Chaport"],
    ),
    (":title: x\n:chaport: off\n\ntext", {"title"}, ["chaport"]),
    ("Title: x\nChaport: off\n\ntext", {"title", "chaport"}, []),
    ("---\ntitle: x\n---\n\nchaport: this is text\n", {"title"}, []),
    ("Title: x\n\nchaport: this is text\n", {"title"}, []),
    ("Just text about chaport and: colons\n", set(), []),
    ("# Heading\n\n    chaport: false\n", set(), []),
    ("---\nmychaport: x\n---\n", {"mychaport"}, []),
    ("---\nsocial:\n  chaport: x\n---\n", {"social"}, []),
    ("---\nsummary: >\n  Chaport: our chat\nchaport: off\n---\n", {"summary"}, ["chaport"]),
    ("---\na: b: c\n  chaport: off\n---\n", set(), ["chaport"]),
    ("title: x\nsome words\n  chaport: off\n\ntext", {"title"}, ["chaport"]),
    ("", set(), []),
]


@pytest.mark.parametrize(("text", "keys", "unread"), UNREAD)
def test_front_matter_that_the_host_gave_up_is_noticed(
    text: str, keys: set[str], unread: list[str]
) -> None:
    assert unread_keys(text, keys) == unread


def test_a_page_with_unread_front_matter_gets_no_chat_and_a_warning(chat_of: Any) -> None:
    chat: Chat = chat_of()
    source = "some.key: x\nchaport: false\nchaport_history: false\n\nWords.\n"
    body = "<p>some.key: x\nchaport: false\nchaport_history: false</p>\n<p>Words.</p>"
    page = Page("a.html", body=body, read_source=lambda: source)
    html, problems = chat.add_to(PAGE, page)
    assert html == PAGE
    assert [str(one) for one in problems] == [
        "chaport: stands in front matter that could not be read as a whole (bad YAML, or a line"
        f" before it that is no key){NO_CHAT}"
    ]
    assert problems == [unread_problem(["chaport", "chaport_history"])]


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9**20) | st.floats() | st.text() | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["enabled", "openIn", "selector", "appearance", "launcher", "show"])
            | st.text(max_size=4)
            | st.integers(),
            inner,
            max_size=3,
        )
    ),
    max_leaves=10,
)
keys = st.sampled_from(
    ["chaport", "Chaport", "chaport_open_in", "chaport_launcher", "chaport_language", "title"]
) | st.builds("chaport{}".format, st.text(max_size=6))


@given(front_matter=st.dictionaries(keys, anything, max_size=4))
@example(front_matter={"chaport": "{" * 50})
def test_no_front_matter_whatever_crashes_or_makes_invalid_json(
    front_matter: dict[str, Any], chat_of: Any, record_in: Any
) -> None:
    html, problems = chat_of().add_to(PAGE, Page("a.html", metadata=front_matter))
    assert html.isascii()
    assert all(str(one) for one in problems)
    if html != PAGE:
        assert record_in(html)["appId"] == APP_ID


@given(anything.filter(lambda value: isinstance(value, dict)))
def test_a_valid_off_holds_whatever_stands_beside_it(value: dict[Any, Any]) -> None:
    layer, _ = read_front_matter({"chaport": {**value, "enabled": False}})
    assert layer is not None
    assert layer["enabled"] is False
