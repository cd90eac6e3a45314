"""Knows what the loader does in a real browser, in pages that the real core made.

Only the vendor's host is acted: its stand-in notes what it finds, and is never ready. Notes stand
on `document`, so that `window` holds nothing but what the page and the loader put there.
"""

import functools
import json
import re

import pytest
from tests.far_end.addresses import APP_ID, OTHER_APP_ID, VENDOR, WIDGET
from tests.far_end.chat_pages import add_chat
from tests.far_end.installation import installation_code
from tests.far_end.steps import say, settle
from tests.far_end.vendor import abort, serve_widget

from chaport_core.page.scripts import loader_hash, loader_script

# No page of this file has an error; a test that expects one takes it out of the list.
pytestmark = pytest.mark.usefixtures("quiet")

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Home</title><link rel="icon" href="data:,">
<!--before--></head>
<body><h1>Home</h1><p id="chat"></p><!--body--></body></html>
"""
# told() says what a value is: by name what a test has put into `known`, else as JSON.
NOTES = """
document.known = {};
document.visits = [];
document.told = value => {
  const {known, told} = document;
  const name = Object.keys(known).find(name => Object.is(known[name], value));
  if (name) return `<${name}>`;
  if (value === undefined || typeof value === 'function') return `<${typeof value}>`;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(told);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, told(item)]));
};
document.seen = () => ({
  config: document.told(window.chaportConfig),
  stub: Object.keys(window.chaport ?? {}),
  queue: Array.from(window.chaport?._q ?? [], call => document.told([`${call}`, ...call])),
  listeners: document.told(window.chaport?._l),
});
// What the vendor's script found each time it ran.
document.farEnd = {ready: 'held', begins() {
  const {parentNode, src} = document.currentScript;
  document.visits.push({...document.seen(), script: `${parentNode.localName} ${src}`});
}};
"""


def record_of(options):
    """The configuration that the page of a site with these options should have."""
    return {"appId": APP_ID, "language": {"source": "html"}, **options}


def chat_page(options=None, *, before="", after="", body="", consent="none"):
    """A page with chat: other scripts in its head before and after ours, and in its body."""
    html = add_chat(PAGE, {"consent": consent, **(options or {})})
    assert html != PAGE
    return dressed(html, before=before, after=after, body=body)


def dressed(html, *, before="", after="", body=""):
    html = html.replace("<!--before-->", before).replace("<!--body-->", body)
    return html.replace("</head>", f"{after}</head>")


def script(code):
    return f"<script>{code}</script>"


def pasted(app_id):
    """The vendor's installation code in a page."""
    return script(installation_code(f"{{appId: '{app_id}', launcher: {{show: true}}}}"))


@pytest.fixture
def visit(page, tmp_path, far, requests):
    """visit(html, site.js's text) opens the page and returns when it and the widget have loaded."""
    page.add_init_script(NOTES)

    def go(html, site_script=""):
        (tmp_path / "index.html").write_text(html, encoding="utf-8")
        (tmp_path / "site.js").write_text(site_script, encoding="utf-8")
        page.goto(f"{far.base}/index.html")
        return page

    return go


def visits(page):
    return page.evaluate("document.visits")


def whole_visit(config, queue=(), listeners=None):
    """What the vendor's script should find, and where."""
    return {
        "config": config,
        "stub": ["_q", "_l", "q", "on"],
        "queue": list(queue),
        "listeners": listeners or {},
        "script": f"head {WIDGET}",
    }


# ---- The record ------------------------------------------------------------------------------

EVERY_OPTION = {
    "analytics": {"google": {"id": "G-1A2B3C4D5E", "api": "gtag", "enabled": True}},
    "appearance": {
        "windowColor": "#a077bc",
        "teamName": "Größe & „Zeichen“ </script><!-- ' \" \\ \u2028",
        "onlineWelcome": "Hello\nthere",
        "offlineWelcome": "",
        "position": ["right", 20.5, 40],
        "textStatuses": True,
    },
    "assignments": {
        "rules": [{"5fe0b0a3c6e6d31c0a29b1c1": ["page_url", "contains", "/fr/"]}, {"ada": True}],
        "defaultRules": [],
    },
    "closeButton": True,
    "countries": {"include": ["US", "CA"]},
    "devices": {
        "exclude": ["ios"],
        "configs": {"mobile": {"appearance": {"position": ["right", 0, 50]}}},
    },
    "history": False,
    "init": {"event": "load", "maxDelay": 5000, "delayAfterEvent": 500},
    "language": {"use": "fr"},
    "launcher": {"show": False},
    "openIn": {"selector": "#chat"},
    "operators": ["ada", "5fe0b0a3c6e6d31c0a29b1c1"],
    "responsive": True,
    "session": {"autoStart": False, "persist": False, "cookieDomain": "example.com"},
    "triggers": {"disabled": ["5820a1375ddf087b2e54921d"]},
    "visitor": {"custom": {"docsVersion": "2.1", "beta": False}},
}


@pytest.mark.parametrize("options", [{}, EVERY_OPTION], ids=["only an appId", "every option"])
def test_the_record_is_the_configuration_from_the_loader_on(visit, far, options):
    page = visit(chat_page(options, after=script("document.early = document.seen()")))
    record = record_of(options)
    early = page.evaluate("document.early")
    assert early == {
        "config": record,
        "stub": ["_q", "_l", "q", "on"],
        "queue": [],
        "listeners": {},
    }
    assert visits(page) == [whole_visit(record)]
    assert far.requests == [WIDGET]


INHERITED_NAMES = {"toString": "a", "valueOf": "b", "hasOwnProperty": True}


@pytest.mark.parametrize("site", ["", "{plan: 'free'}"])
def test_a_record_may_use_names_that_every_object_has(visit, site):
    body = script(f"window.chaportConfig = {{visitor: {{custom: {site}}}}}") if site else ""
    custom = {**INHERITED_NAMES, **({"plan": "free"} if site else {})}
    page = visit(chat_page({"visitor": {"custom": INHERITED_NAMES}}, body=body))
    assert visits(page) == [whole_visit(record_of({"visitor": {"custom": custom}}))]


def test_the_loader_leaves_two_globals_and_the_page_itself_none_of_ours(visit, page):
    keys = "Object.getOwnPropertyNames(window)"
    without = set(visit(dressed(PAGE)).evaluate(keys))
    with_chat = set(visit(chat_page(EVERY_OPTION)).evaluate(keys))
    assert with_chat - without == {"chaport", "chaportConfig"}
    assert without - with_chat == set()
    gated = set(visit(chat_page(EVERY_OPTION, consent="material")).evaluate(keys))
    assert gated == with_chat


# ---- The stub --------------------------------------------------------------------------------

CALLS_IN_HEAD = """
document.known.first = () => {};
chaport.on('ready', document.known.first);
chaport.q('open');
"""
CALLS_IN_BODY = """
{
  const {q, on} = window.chaport;
  document.known.second = () => {};
  document.known.third = () => {};
  q('setVisitorData', [{custom: {plan: 'free'}}, 'hash']);
  on('chat.started', document.known.third);
  on('ready', document.known.second);
  q('disableTriggers', ['a', 'b'], 'beyond');
}
"""
CALLS_DEFERRED = "chaport.q('newPageView', [{url: '/next', title: 'Next'}]); chaport.q('close');"
DEFERRED = '<script defer src="site.js"></script>'


def test_calls_from_head_body_and_deferred_scripts_are_queued_in_order(visit):
    html = chat_page(after=DEFERRED + script(CALLS_IN_HEAD), body=script(CALLS_IN_BODY))
    found = visits(visit(html, CALLS_DEFERRED))
    queue = [
        ["[object Arguments]", "open"],
        ["[object Arguments]", "setVisitorData", [{"custom": {"plan": "free"}}, "hash"]],
        ["[object Arguments]", "disableTriggers", ["a", "b"], "beyond"],
        ["[object Arguments]", "newPageView", [{"url": "/next", "title": "Next"}]],
        ["[object Arguments]", "close"],
    ]
    listeners = {"ready": ["<first>", "<second>"], "chat.started": ["<third>"]}
    assert found == [whole_visit(record_of({}), queue, listeners)]


def test_the_stub_is_the_one_of_the_vendors_installation_code(visit):
    calls = script(CALLS_IN_HEAD) + script(CALLS_IN_BODY)
    state = "[document.seen(), chaport.q('toggle'), chaport.on('ready', () => {}), chaport._q[0]]"
    found = []
    for html in (
        dressed(PAGE, before=pasted(APP_ID), after=calls),
        chat_page({"launcher": {"show": True}, "language": None}, after=calls),
    ):
        seen, *rest = visit(html).evaluate(f"document.told({state})")
        found.append([seen["stub"], seen["queue"], seen["listeners"], rest])
    assert found[0] == found[1]


# ---- The site's own script, and the second merge at DOMContentLoaded --------------------------

RECORD = {
    "analytics": {"google": {"id": "G-RECORD", "api": "gtag"}},
    "appearance": {"teamName": "Record", "position": ["right", 20, 40], "onlineWelcome": "Hello"},
    "assignments": {"rules": [{"recordTeam": ["country", "=", "US"]}], "defaultRules": []},
    "devices": {
        "configs": {
            "mobile": {"launcher": {"show": False}, "appearance": {"position": ["right", 0, 50]}}
        }
    },
    "init": {"event": "load", "delayAfterEvent": 0},
    "launcher": {"show": False},
    "operators": ["ada", "grace"],
}
SITES_OBJECTS = """
const known = document.known;
known.dataLayer = [];
known.resolve = () => 'team';
known.emitter = new EventTarget();
"""
ASSIGNS = f"""{{{SITES_OBJECTS}
window.chaportConfig = {{
  analytics: {{google: {{api: 'gtm', apiObject: known.dataLayer}}}},
  appearance: {{teamName: 'Site', position: ['left']}},
  assignments: {{resolve: known.resolve, rules: [{{siteTeam: true}}]}},
  devices: {{configs: {{mobile: {{launcher: {{show: true}}}}}}}},
  init: {{eventTarget: known.emitter}},
  launcher: {{show: true}},
  operators: [],
}};}}"""
MUTATES = f"""{{{SITES_OBJECTS}
const config = window.chaportConfig ??= {{}};
const google = (config.analytics ??= {{}}).google ??= {{}};
google.api = 'gtm';
google.apiObject = known.dataLayer;
config.appearance = {{...config.appearance, teamName: 'Site', position: ['left']}};
const assignments = config.assignments ??= {{}};
assignments.resolve = known.resolve;
assignments.rules = [{{siteTeam: true}}];
const mobile = ((config.devices ??= {{}}).configs ??= {{}}).mobile ??= {{}};
(mobile.launcher ??= {{}}).show = true;
(config.init ??= {{}}).eventTarget = known.emitter;
(config.launcher ??= {{}}).show = true;
config.operators = [];
}}"""
SITE_OVER_RECORD = {
    "appId": APP_ID,
    "language": {"source": "html"},
    "analytics": {"google": {"id": "G-RECORD", "api": "gtm", "apiObject": "<dataLayer>"}},
    "appearance": {"teamName": "Site", "position": ["left"], "onlineWelcome": "Hello"},
    "assignments": {"resolve": "<resolve>", "rules": [{"siteTeam": True}], "defaultRules": []},
    "devices": {
        "configs": {
            "mobile": {"launcher": {"show": True}, "appearance": {"position": ["right", 0, 50]}}
        }
    },
    "init": {"event": "load", "delayAfterEvent": 0, "eventTarget": "<emitter>"},
    "launcher": {"show": True},
    "operators": [],
}
KINDS = {
    "inline": lambda code: script(code),
    "defer": lambda code: DEFERRED,
    "module": lambda code: '<script type="module" src="site.js"></script>',
}


@pytest.mark.parametrize("manner", [ASSIGNS, MUTATES], ids=["assigns", "mutates"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", ["before", "after", "body"])
def test_the_sites_script_wins_at_every_depth_and_the_record_fills_the_rest(
    visit, place, kind, manner
):
    html = chat_page(RECORD, **{place: KINDS[kind](manner)})
    assert visits(visit(html, manner)) == [whole_visit(SITE_OVER_RECORD)]


@pytest.mark.parametrize(
    ("record", "site"),
    [
        ("_blank", {"selector": "#chat"}),
        ({"selector": "#chat"}, "_blank"),
        ({"selector": "#chat"}, {"selector": "#elsewhere"}),
        ("_blank", "support"),
    ],
)
@pytest.mark.parametrize("place", ["before", "body"])
def test_a_text_and_a_mapping_replace_each_other(visit, place, record, site):
    code = f"(window.chaportConfig ??= {{}}).openIn = {json.dumps(site)}"
    page = visit(chat_page({"openIn": record}, **{place: script(code)}))
    assert visits(page) == [whole_visit(record_of({"openIn": site}))]


ODD_VALUES = {
    "null": "null",
    "undefined": "undefined",
    "zero": "0",
    "empty text": "''",
    "text": "'left'",
    "false": "false",
    "a symbol": "Symbol('x')",
    "a list": "['left']",
    "a function": "() => {}",
    "a class instance": "new (class Looks { teamName = 'Site' })",
    "a map": "new Map([['teamName', 'Site']])",
    "a DOM node": "document.createElement('div')",
    "a null-prototype object": "Object.assign(Object.create(null), {teamName: 'Site'})",
    "a frozen object": "Object.freeze({teamName: 'Site'})",
    "a proxy": "new Proxy({}, {})",
}


@pytest.mark.parametrize("place", ["before", "body"])
def test_odd_values_of_the_sites_script_stand_as_they_are(visit, place):
    values = ", ".join(f"{json.dumps(name)}: {value}" for name, value in ODD_VALUES.items())
    code = f"""document.known = {{{values}}};
    (window.chaportConfig ??= {{}}).visitor = {{custom: {{...document.known}}}};"""
    options = {"visitor": {"custom": {name: {"of": "the record"} for name in ODD_VALUES}}}
    found = visits(visit(chat_page(options, **{place: script(code)})))
    custom = {name: f"<{name}>" for name in ODD_VALUES}
    assert found == [whole_visit(record_of({"visitor": {"custom": custom}}))]


@pytest.mark.parametrize("place", ["before", "body"])
@pytest.mark.parametrize("value", ["null", "undefined", "0", "''", "false"])
def test_where_the_sites_script_leaves_nothing_the_record_stands(visit, value, place):
    html = chat_page(RECORD, **{place: script(f"window.chaportConfig = {value}")})
    assert visits(visit(html)) == [whole_visit(record_of(RECORD))]


@pytest.mark.parametrize("place", ["before", "body"])
@pytest.mark.parametrize(
    "value", ["[]", "() => {}", "new (class Config {})", "Object.create(null)"]
)
def test_whatever_object_the_sites_script_leaves_is_filled(visit, value, place):
    html = chat_page(RECORD, **{place: script(f"window.chaportConfig = document.own = {value}")})
    page = visit(html)
    assert page.evaluate("window.chaportConfig === document.own")
    assert page.evaluate("document.told({...chaportConfig})") == record_of(RECORD)
    assert len(visits(page)) == 1


@pytest.mark.parametrize("place", ["before", "body"])
@pytest.mark.parametrize("value", ["'text'", "42", "true"])
def test_a_configuration_that_is_no_object_does_no_harm(visit, console, value, place):
    html = chat_page(RECORD, **{place: script(f"window.chaportConfig = {value}")})
    found, complaints = visits(visit(html)), [*console]
    console.clear()
    assert (len(found), complaints) == (1, [])


HOSTILE = (
    '{"__proto__":{"polluted":1},"appearance":{"__proto__":{"polluted":2}},'
    '"constructor":{"prototype":{"polluted":3}},"toString":{"__proto__":{"polluted":4}}}'
)


@pytest.mark.parametrize("site", ["", script("window.chaportConfig = {appearance: {}}")])
def test_no_record_reaches_the_prototype_of_all_objects(visit, site):
    html = re.sub("content='[^']*'", lambda _: f"content='{HOSTILE}'", chat_page(body=site))
    page = visit(html)
    own = "[Object, Object.prototype, Function.prototype].map(it => Object.hasOwn(it, 'polluted'))"
    assert page.evaluate(own) == [False, False, False]


# ---- Exactly once ----------------------------------------------------------------------------

INSERTED = (
    "[...document.querySelectorAll('script[src*=\"app.chaport.com\"]')]"
    ".map(script => script.parentNode.localName)"
)
OURS = script(loader_script())


@pytest.mark.parametrize("place", ["after", "body"])
def test_a_second_copy_of_the_loader_does_nothing(visit, far, place):
    page = visit(chat_page(RECORD, **{place: OURS}))
    page.add_script_tag(content=loader_script())
    assert visits(page) == [whole_visit(record_of(RECORD))]
    assert page.evaluate(INSERTED) == ["head"]
    assert far.requests == [WIDGET]


@pytest.mark.parametrize("place", ["after", "body"])
def test_the_vendors_paste_after_the_loader_is_merged_with_the_record(visit, far, place):
    page = visit(chat_page(RECORD, **{place: pasted(OTHER_APP_ID)}))
    config = record_of({**RECORD, "appId": OTHER_APP_ID, "launcher": {"show": True}})
    assert visits(page) == [whole_visit(config)]
    assert page.evaluate(INSERTED) == ["head"]
    assert far.requests == [WIDGET]


def test_the_vendors_paste_before_the_loader_is_left_alone(visit, far):
    page = visit(chat_page(RECORD, before=pasted(OTHER_APP_ID)))
    assert visits(page) == [whole_visit({"appId": OTHER_APP_ID, "launcher": {"show": True}})]
    assert page.evaluate(INSERTED) == ["head"]
    assert far.requests == [WIDGET]


def test_without_a_record_the_loader_does_nothing(visit, far, requests):
    page = visit(dressed(PAGE, before=OURS))
    settle(page, far.base)
    assert page.evaluate("['chaport' in window, 'chaportConfig' in window]") == [False, False]
    assert requests == [f"{far.base}/index.html", f"{far.base}/"]


def test_a_loader_that_comes_after_the_page_was_parsed_loads_the_widget_at_once(visit, far):
    page = visit(dressed(PAGE))
    record = re.search("<meta name=.chaport.*?>", chat_page(RECORD))[0]
    page.evaluate("record => document.head.insertAdjacentHTML('beforeend', record)", record)
    page.add_script_tag(content=loader_script())
    page.wait_for_function("document.visits.length")
    assert visits(page) == [whole_visit(record_of(RECORD))]
    assert page.evaluate(INSERTED) == ["head"]
    assert far.requests == [WIDGET]


def test_a_page_opened_from_disk_has_no_chat(page, tmp_path, far, requests):
    file = tmp_path / "index.html"
    file.write_text(chat_page(RECORD, body=script("document.ran = true")), encoding="utf-8")
    page.goto(file.as_uri())
    assert page.evaluate("document.ran")
    assert page.evaluate("['chaport' in window, 'chaportConfig' in window]") == [False, False]
    assert page.evaluate(INSERTED) == []
    assert requests == [file.as_uri()]


# ---- The consent gate ------------------------------------------------------------------------

ANNOUNCE = "document.dispatchEvent(new Event('chaport:consent'));"


@pytest.mark.parametrize("consent", ["manual", "click"])
def test_nothing_is_requested_until_consent_is_announced(visit, far, requests, consent):
    page = visit(chat_page(RECORD, consent=consent, body=script("chaport.q('open')")))
    settle(page, far.base)
    assert page.evaluate("document.seen()") == {
        "config": record_of(RECORD),
        "stub": ["_q", "_l", "q", "on"],
        "queue": [["[object Arguments]", "open"]],
        "listeners": {},
    }
    assert requests == [f"{far.base}/index.html", f"{far.base}/"]
    say(page, "consent")
    page.wait_for_function("document.visits.length")
    queue = [["[object Arguments]", "open"]]
    assert visits(page) == [whole_visit(record_of(RECORD), queue)]
    assert far.requests == [WIDGET]


def test_consent_that_is_announced_again_changes_nothing(visit, far):
    page = visit(chat_page(RECORD, consent="manual"))
    say(page, "consent")
    say(page, "consent")
    page.wait_for_function("document.visits.length")
    say(page, "consent")
    settle(page, far.base)
    assert visits(page) == [whole_visit(record_of(RECORD))]
    assert page.evaluate(INSERTED) == ["head"]
    assert far.requests == [WIDGET]


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("place", ["after", "body"])
def test_consent_while_the_page_is_parsed_still_lets_the_sites_script_have_its_say(
    visit, far, place, times
):
    html = chat_page(RECORD, consent="manual", **{place: script(ANNOUNCE * times)})
    page = visit(html.replace("</body>", f"{script(ASSIGNS)}</body>"))
    assert visits(page) == [whole_visit(SITE_OVER_RECORD)]
    assert page.evaluate(INSERTED) == ["head"]
    assert far.requests == [WIDGET]


@pytest.mark.parametrize("kind", ["defer", "module"])
def test_consent_from_a_deferred_script_still_lets_a_later_one_have_its_say(visit, far, kind):
    first = {"defer": "defer", "module": 'type="module"'}[kind]
    announcing = f'<script {first} src="data:text/javascript,{ANNOUNCE}"></script>'
    html = chat_page(RECORD, consent="manual", after=announcing + KINDS[kind](ASSIGNS))
    page = visit(html, ASSIGNS)
    assert page.evaluate("document.told(window.chaportConfig)") == SITE_OVER_RECORD
    assert visits(page) == [whole_visit(SITE_OVER_RECORD)]
    assert far.requests == [WIDGET]


def test_material_consent_is_never_given_on_a_page_that_is_not_materials(visit, far, requests):
    page = visit(chat_page(RECORD, consent="material"))
    settle(page, far.base)
    assert requests == [f"{far.base}/index.html", f"{far.base}/"]
    assert page.evaluate(INSERTED) == []


@pytest.mark.parametrize("value", ["later", "none", "0", "false"])
def test_a_gate_that_the_loader_does_not_know_stays_closed(visit, requests, value, far):
    html = chat_page(RECORD, consent="manual")
    page = visit(html.replace('data-consent="manual"', f'data-consent="{value}"'))
    settle(page, far.base)
    assert requests == [f"{far.base}/index.html", f"{far.base}/"]
    assert page.evaluate(INSERTED) == []


# ---- A far end that fails --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (abort, "error: Failed to load resource: net::ERR_FAILED"),
        (
            lambda route: route.fulfill(status=500, body="document.visits.push('500')"),
            "error: Failed to load resource:"
            " the server responded with a status of 500 (Internal Server Error)",
        ),
        (
            lambda route: route.fulfill(body="<html>", content_type="text/javascript"),
            "pageerror: Unexpected token '<'",
        ),
    ],
    ids=["blocked", "500", "garbage"],
)
def test_a_far_end_that_fails_leaves_the_page_working(visit, far, console, answer, complaint):
    far.answer = answer
    page = visit(chat_page(RECORD, body=script("chaport.q('open')")))
    page.evaluate("chaport.q('close')")
    assert page.evaluate("document.seen()") == {
        "config": record_of(RECORD),
        "stub": ["_q", "_l", "q", "on"],
        "queue": [["[object Arguments]", "open"], ["[object Arguments]", "close"]],
        "listeners": {},
    }
    assert far.requests == [WIDGET]
    assert console == [complaint]
    console.clear()


def test_a_slow_far_end_holds_up_neither_the_page_nor_its_calls(visit, far, page):
    meanwhile = []

    def answer_when_the_page_has_done_its_work(route):
        page.wait_for_function("document.parsed")
        page.evaluate("chaport.q('open')")
        meanwhile.append(page.evaluate("[document.visits.length, chaport._q.length]"))
        serve_widget(route)

    far.answer = answer_when_the_page_has_done_its_work
    parsed = "document.addEventListener('DOMContentLoaded', () => { document.parsed = true })"
    visit(chat_page(RECORD, body=script(parsed)))
    assert meanwhile == [[0, 1]]
    assert visits(page) == [whole_visit(record_of(RECORD), [["[object Arguments]", "open"]])]


# ---- A Content-Security-Policy ---------------------------------------------------------------


def serve_with_policy(route, policy):
    answer = route.fetch()
    headers = {**answer.headers, "content-security-policy": policy}
    route.fulfill(response=answer, headers=headers)


@pytest.fixture
def policy(page, far):
    """Pages come with a policy that admits the published hash and the vendor's host alone."""
    value = f"script-src '{loader_hash()}' {VENDOR}"
    page.route(f"{far.base}/index.html", functools.partial(serve_with_policy, policy=value))
    return value


@pytest.mark.parametrize("options", [{}, EVERY_OPTION], ids=["only an appId", "every option"])
def test_the_published_hash_admits_the_loader_of_every_page(visit, policy, options):
    assert visits(visit(chat_page(options))) == [whole_visit(record_of(options))]


def test_the_published_hash_admits_no_other_script(visit, policy, far, console):
    page = visit(chat_page(RECORD).replace("chaportConfig||={}", "chaportConfig||= {}"))
    assert page.evaluate("['chaport' in window, 'chaportConfig' in window]") == [False, False]
    assert far.requests == []
    (complaint,) = console
    assert policy in complaint
    console.clear()
