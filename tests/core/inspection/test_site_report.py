"""One page inspected: its state, and exactly what is found on it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from tests.far_end.addresses import APP_ID

from chaport_core.inspection.findings import Finding
from chaport_core.inspection.page_report import PageReport, inspect_page
from chaport_core.inspection.shipped_files import is_ours
from chaport_core.page.chat import Chat, Page
from chaport_core.page.record import record_tag
from chaport_core.page.scripts import (
    INSTALLATION_MARK,
    content,
    deferred_script,
    head_scripts,
    identity,
    loader_script,
    preview_widget,
    print_style,
    runtime,
)

AtMost = Callable[[float], AbstractContextManager[None]]

SALT = "0123456789abcdef0123456789abcdef01234567"
LOADER = head_scripts("none")
CONTENT = deferred_script(content().name)
RUNTIME = deferred_script(runtime().name)
PASTED = f"<script>s.src='https://{INSTALLATION_MARK}'</script>"
RECORD = record_tag({"appId": APP_ID, "language": {"source": "html"}}, language="en")


def record(**options: Any) -> str:
    return record_tag({"appId": APP_ID, **options}, language=None)


def raw_record(content: str) -> str:
    return f"<meta name=chaport data-v=1 content='{content}'>"


def page(head: str = "", body: str = "", html: str = '<html lang="en">') -> str:
    return f"<!doctype html>{html}<head><title>Page</title>{head}</head><body>{body}</body></html>"


def inspect(*parts: str, **more: str) -> PageReport:
    return inspect_page(page(*parts, **more), "a/b.html")


def told(report: PageReport) -> list[tuple[str, str]]:
    return [(finding.kind.key, finding.message) for finding in report.findings]


def rows(table: dict[str, tuple[Any, ...]]) -> list[Any]:
    return [pytest.param(*row, id=name) for name, row in table.items()]


CLEAN = {
    "chat": (RECORD + LOADER, "chat"),
    "with the runtime": (RECORD + LOADER + RUNTIME, "chat"),
    "off where pages are swapped": (LOADER + RUNTIME, "off"),
    "nothing": ("", "without"),
    "in capitals": ((RECORD + LOADER).replace("<meta name", "<META NAME"), "chat"),
    "a record in a template": (f"<template>{RECORD}</template>", "without"),
    "a record in noscript": (f"<noscript>{RECORD}</noscript>", "without"),
    "a record in a comment": (f"<!--{RECORD}-->", "without"),
    "a record of another name": (RECORD.replace('"chaport"', '"Chaport"'), "without"),
    "pasted code in a block of data": (PASTED.replace("<script", "<script type=x"), "without"),
}


@pytest.mark.parametrize(("head", "state"), rows(CLEAN))
def test_states_without_a_finding(head: str, state: str) -> None:
    report = inspect(head)
    assert (report.state, told(report)) == (state, [])


def test_everything_that_a_page_carries_is_told() -> None:
    report = inspect(RECORD.replace("data-v", "data-consent=click data-v") + LOADER + RUNTIME)
    assert report.record
    assert report.record.config == {"appId": APP_ID, "language": {"source": "html"}}
    assert (report.record.language, report.record.consent) == ("en", "click")
    assert [one.path for one in report.references] == [f"a/{runtime().name}"]
    assert (report.path, report.lang) == ("a/b.html", "en")


INSTALLATIONS = {
    "pasted alone": (PASTED, [("pasted-snippet", "the page runs Chaport's own installation code")]),
    "pasted beside ours": (
        RECORD + LOADER + PASTED,
        [("double-install", "Chaport's own installation code runs beside ours")],
    ),
    "two records": (
        RECORD + RECORD + LOADER,
        [("double-install", "2 records stand here, and the first counts")],
    ),
    "all twice": (
        2 * (RECORD + LOADER),
        [
            ("double-install", "2 records stand here, and the first counts"),
            ("double-install", "2 loaders stand here, and the first counts"),
        ],
    ),
    "no loader": (
        RECORD,
        [
            (
                "chat-does-not-start",
                "the record stands here without the loader, so chat never starts",
            )
        ],
    ),
    "no record": (
        LOADER,
        [
            (
                "chat-does-not-start",
                "the loader stands here without a record, so chat never starts",
            )
        ],
    ),
    "in the wrong order": (
        LOADER + RECORD,
        [("chat-does-not-start", "the record stands behind the loader, which finds none")],
    ),
    "the runtime alone": (
        RUNTIME,
        [("chat-does-not-start", "the runtime stands here without the loader")],
    ),
    "minified": (
        RECORD + LOADER.replace("let d=document", "let  d=document"),
        [("altered-loader", "the loader is not as this release writes it")],
    ),
    "preview": (
        RECORD + head_scripts("none", preview_widget().name),
        [("preview-widget", "the preview widget stands in place of the live one")],
    ),
    "another format": (
        RECORD.replace('data-v="1"', 'data-v="2"') + LOADER,
        [("record-version", 'the record has data-v="2"; this release reads data-v="1"')],
    ),
    "no format": (
        RECORD.replace('data-v="1"', "") + LOADER,
        [("record-version", 'the record has no data-v; this release reads data-v="1"')],
    ),
    "a hash in a script": (
        f"<script>chaport.setVisitorData(v, {{visitorIntegrityHash: '{SALT}'}})</script>",
        [
            (
                "secret",
                "an inline script gives visitorIntegrityHash a value that looks like a secret",
            )
        ],
    ),
}


@pytest.mark.parametrize(("head", "findings"), rows(INSTALLATIONS))
def test_installations(head: str, findings: list[tuple[str, str]]) -> None:
    assert told(inspect(head)) == findings


RECORDS = {
    "no JSON": ("{", "the record is no JSON (Expecting property name enclosed in double quotes:"),
    "empty": ("", "the record is no JSON (Expecting value: line 1 column 1 (char 0))"),
    "NaN": ('{"appId":NaN}', "the record is no JSON (NaN is no JSON value)"),
    "endless": ('{"a":' * 99999, "the record is no JSON (nested too deeply)"),
    "a huge number": (
        '{"a":' + "9" * 5000 + "}",
        "the record is no JSON (a number has too many digits)",
    ),
    "a list": ("[]", "the record: expected a mapping of options, found an empty list"),
    "null": ("null", "the record: expected a mapping of options, found nothing"),
    "a text": ('"x"', "the record: expected a mapping of options, found the text 'x'"),
}


@pytest.mark.parametrize(("text", "message"), rows(RECORDS))
def test_records_that_hold_no_options(text: str, message: str) -> None:
    report = inspect(raw_record(text) + LOADER)
    (((kind, said)),) = told(report)
    assert kind == "invalid-record"
    assert said.startswith(message)
    assert report.state == "chat"


def test_a_record_without_an_app_id() -> None:
    report = inspect(raw_record('{"launcher":{"show":false}}') + LOADER)
    assert told(report) == [("invalid-record", "appId: is missing")]


OPTIONS: dict[str, tuple[Any, ...]] = {
    "wrong value": (
        {"openIn": 3},
        [
            (
                "invalid-record",
                "openIn: expected text such as _blank, or a mapping {selector: '#element'}, found"
                " the number 3",
            )
        ],
    ),
    "wrong app ID": (
        {"appId": "x"},
        [
            (
                "invalid-record",
                "appId: expected 24 hexadecimal digits (0-9, a-f), found the text 'x'; copy it"
                " from Settings → Installation code in Chaport",
            )
        ],
    ),
    "misspelt": (
        {"launchr": {"show": False}},
        [("unknown-option", "launchr is not an option here; did you mean launcher?")],
    ),
    "newer": ({"newer": 1}, [("unknown-option", "newer is not an option here")]),
    "ours": (
        {"enabled": True, "pages": {}},
        [
            ("unknown-option", "pages is not an option here"),
            ("unknown-option", "enabled is not an option of the widget"),
        ],
    ),
    "too large": (
        {"visitor": {"custom": {"n": 10**400}}},
        [
            (
                "invalid-record",
                "visitor.custom.n: found a number too large for JavaScript; write an ordinary"
                " number",
            )
        ],
    ),
    "a key that JavaScript reads otherwise": (
        {"__proto__": {}},
        [
            (
                "invalid-record",
                "__proto__: has a meaning of its own in JavaScript; choose another name",
            )
        ],
    ),
    "contradiction": (
        {"countries": {"include": ["US"], "exclude": ["CA"]}},
        [
            (
                "contradiction",
                "countries.include: is ignored by the widget because exclude is set beside it;"
                " keep one of the two",
            )
        ],
    ),
}


@pytest.mark.parametrize(("options", "findings"), rows(OPTIONS))
def test_options_of_records(options: dict[str, Any], findings: list[tuple[str, str]]) -> None:
    assert told(inspect(record(**options) + LOADER)) == findings


def test_secrets_are_told_and_stand_in_no_report() -> None:
    report = inspect(
        record(visitor={"email": "jo@example.com"}, visitorIntegrityHash=SALT, operators=[SALT])
        + LOADER
        + CONTENT,
        f"<a href='chaport:setVisitorData?email=jo@example.com'>a</a>"
        f"<a href=/ data-chaport=setVisitorData data-chaport-args='[{{}}, \"{SALT}\"]'>b</a>",
    )
    assert [kind for kind, _ in told(report)] == [
        *["secret"] * 3,
        "unresolved-link",
        "secret",
        "secret",
    ]
    assert report.record
    hidden = "(left out of this report: a secret)"
    assert report.record.config == {
        "appId": APP_ID,
        "visitor": {"email": hidden},
        "visitorIntegrityHash": hidden,
        "operators": [hidden],
    }
    assert SALT not in repr(report)
    assert "jo@example.com" not in repr(report)


INLINE = {
    "a token": ("chaport.token = ●", ["token"]),
    "names that end so": ("chaport({mySalt: ●, 'top_secret' : ●})", ["mySalt", "top_secret"]),
    "a name that begins so": ("chaport.saltShaker = ●", []),
    "elsewhere": ("other.salt = ●", []),
}


@pytest.mark.parametrize(("script", "names"), rows(INLINE))
def test_secrets_in_inline_scripts(script: str, names: list[str]) -> None:
    report = inspect(f"<script>{script.replace('●', repr(SALT))}</script>")
    assert told(report) == [
        ("secret", f"an inline script gives {name} a value that looks like a secret")
        for name in names
    ]


def test_a_script_of_one_long_word_takes_reasonable_time(at_most: AtMost) -> None:
    with at_most(2):
        assert told(inspect(f"<script>chaport = '{'a' * 50_000}'</script>")) == []


LANGUAGES = {
    "none": ("<html>", "<html> has no lang, which language.source names"),
    "empty": ("<html lang='  '>", "<html lang> is '  ', which is no language tag"),
    "malformed": ("<html lang=en_US>", "<html lang> is 'en_US', which is no language tag"),
}


@pytest.mark.parametrize(("html", "message"), rows(LANGUAGES))
def test_languages_that_nobody_can_follow(html: str, message: str) -> None:
    assert told(inspect(RECORD + LOADER, html=html)) == [("html-lang", message)]
    said = record(language={"use": "de"}) + LOADER
    assert told(inspect(said, html=html)) == []


LINKS = {
    "left as written": (
        "<A HREF=' Chaport:open'>x</A>",
        [("unresolved-link", "the link 'Chaport:open' leads nowhere")],
    ),
    "in capitals": (
        "<a href='CHAPORT:open'>x</a>",
        [
            (
                "unresolved-link",
                "the link 'CHAPORT:open' leads nowhere; write chaport: in small letters",
            )
        ],
    ),
    "in an image": (
        "<svg><a xlink:href='chaport:open'></a></svg>",
        [("unresolved-link", "the link 'chaport:open' leads nowhere")],
    ),
    "without a call": ("<a href=/ data-chaport>x</a>", None),
    "no method": (
        "<a href=/ data-chaport=opn>x</a>",
        [
            (
                "mistaken-call",
                'data-chaport="opn": opn: is not a method of Chaport; did you mean open?',
            )
        ],
    ),
    "no fallback": (
        "<a data-chaport=open>x</a>",
        [("no-fallback", 'data-chaport="open" on <a> has no href')],
    ),
    "fallback: false": (
        "<a data-chaport=open role=button tabindex=0>x</a>",
        [("button-without-fallback", 'data-chaport="open" on <a> has no href')],
    ),
    "a button": (
        "<button data-chaport=open>x</button>",
        [
            (
                "button-without-fallback",
                'data-chaport="open" on <button> has no data-chaport-fallback',
            )
        ],
    ),
    "no element": (
        """<p id=chat><a href=/ data-chaport=openIn data-chaport-args='[{"selector": "#chta"}]'>""",
        [
            (
                "selector-without-element",
                "openIn: the selector '#chta' matches nothing on this page; did you mean #chat?",
            )
        ],
    ),
    "an answer": (
        "<a href=/ data-chaport=getWidgetState>x</a>",
        [
            (
                "unheard-answer",
                'data-chaport="getWidgetState": nobody hears what getWidgetState returns here;'
                " call it in the site's own script",
            )
        ],
    ),
    "in a template": ("<template><a href='chaport:open'></a></template>", []),
    "right": (
        "<a href=/ data-chaport=open>x</a><button data-chaport=open data-chaport-fallback=/>",
        [],
    ),
}


@pytest.mark.parametrize(("body", "findings"), rows(LINKS))
def test_chat_links(body: str, findings: list[tuple[str, str]] | None) -> None:
    found = told(inspect(RECORD + LOADER + CONTENT, body))
    if findings is None:
        assert [kind for kind, _ in found] == ["mistaken-call"]
    else:
        assert found == findings


def test_chat_links_without_the_script_or_without_chat() -> None:
    link, button = "<a href=/ data-chaport=open>x</a>", "<button data-chaport=open>x</button>"
    missing = "has chat links, but not the script chaport-content that follows them"
    assert told(inspect(RECORD + LOADER, link)) == [("no-content-script", missing)]
    assert told(inspect("", link + button)) == [
        ("no-fallback", 'data-chaport="open" on <button> does nothing: this page has no chat')
    ]


SELECTORS = {
    "there": ("#chat", []),
    "of a kind that is not judged": ("p:is(#chta):not(:newer)", []),
    "not there": (
        "#other",
        [
            "openIn: the selector '#other' matches nothing on this page; add the element that chat"
            " shall open in"
        ],
    ),
    "in noscript": (
        "#none",
        [
            "openIn: the selector '#none' matches nothing on this page; add the element that chat"
            " shall open in"
        ],
    ),
    "none": (
        "p[",
        ["openIn: the selector 'p[' is no CSS selector; add the element that chat shall open in"],
    ),
}


@pytest.mark.parametrize(("selector", "messages"), rows(SELECTORS))
def test_selectors(selector: str, messages: list[str]) -> None:
    report = inspect(
        record(openIn={"selector": selector}) + LOADER,
        "<p id=chat></p><noscript><p id=none></p></noscript>",
    )
    assert told(report) == [("selector-without-element", message) for message in messages]


@pytest.mark.parametrize("known", ["en", "de"])
@pytest.mark.parametrize("navigation", ["always", "never"])
@pytest.mark.parametrize("consent", ["none", "click", "manual", "material"])
def test_what_the_build_writes_has_no_finding(
    chat_of: Callable[..., Chat], known: str, navigation: str, consent: str
) -> None:
    options = {"navigation": navigation, "consent": consent, "openIn": {"selector": "#chat"}}
    html = page("", "<div id=chat></div><a href='chaport:open'>x</a><b data-chaport=open>y</b>")
    chat = chat_of(**options)
    for settings in ({}, {"chaport": False}):
        built, problems = chat.add_to(html, Page("a/b.html", "a/b.md", settings, known))
        found = told(inspect_page(built, "a/b.html"))
        assert found == []
        assert bool(problems) is bool(settings)


def test_findings_cross_processes_whole() -> None:
    import pickle

    report = inspect(record(openIn=3, x="\ud800") + LOADER, "<a href='chaport:\ud800'>")
    assert pickle.loads(pickle.dumps(report)) == report
    assert all(isinstance(finding, Finding) for finding in report.findings)


def test_the_loader_is_known_by_its_text() -> None:
    assert told(inspect(RECORD + f"<script> {loader_script()}</script>")) == [
        ("altered-loader", "the loader is not as this release writes it")
    ]


def test_every_file_that_a_build_ships_is_known() -> None:
    shipped = [content(), identity(), preview_widget(), print_style(), runtime()]
    assert [file.name for file in shipped if not is_ours(file.name)] == []
    assert not is_ours("chaport-other.00000000.js")
