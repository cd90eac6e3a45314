"""Knows, row by row, that the preview widget does what the vendor's API documentation says."""

import json
import re

import pytest
from playwright.sync_api import expect
from tests.far_end.addresses import APP_ID
from tests.far_end.chat_pages import shipped_file
from tests.far_end.installation import installation_code

WIDGET = "preview-widget.js"
VISITOR = "a1" * 12
INVITATION, INVITATION_2, BOT = (f"5820a1375ddf087b2e54921{end}" for end in "def")
INVITATION_TEXT = "Hi there! Looking for something? We are happy to point you to the right page."
BOT_TEXT = "I am the preview bot. Shall I fetch a human, or would you rather browse on your own?"
REPLY = "Nobody reads this preview. On the live site your team would answer here."
METHODS = [
    "close",
    "compare",
    "disableTriggers",
    "enableTriggers",
    "getActiveTrigger",
    "getParameterValue",
    "getTriggerById",
    "getWidgetState",
    "hideLauncher",
    "isOnline",
    "newPageView",
    "open",
    "openIn",
    "setActiveTrigger",
    "setAssignmentRules",
    "setVisitorData",
    "showLauncher",
    "startSession",
    "stopSession",
    "toggle",
    "updatePosition",
]
COLOURS = [
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
    "#a077bc",
    "#fff",
    "#000",
    "#ffd43b",
    "#777",
]
CONTAINER, LAUNCHER, FRAME = (
    ".chaport-container",
    ".chaport-launcher-button",
    "iframe.chaport-inner-iframe",
)

# What an earlier visit would have left in the browser, put there once.
SEED = """try { if (!sessionStorage.seeded) Object.assign(localStorage, %s); sessionStorage.seeded = 1; } catch {}
"""  # noqa: E501

PAGE = """<!doctype html>
<html%s><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Home</title><link rel="icon" href="data:,">%s
<script>%s%s</script></head>
<body>%s</body></html>
"""


def as_config(options):
    """The configuration as JavaScript: with an appId and no waiting, where the test is silent."""
    if isinstance(options, str):
        return f"{{appId: '{APP_ID}', init: {{delayAfterEvent: 0}}, {options}}}"
    return json.dumps({"appId": APP_ID, "init": {"delayAfterEvent": 0}, **(options or {})})


def write_widget(folder):
    """Write the widget as sites ship it, where `stub` finds it."""
    text = shipped_file("chaport-preview", {"widget": "preview"})
    (folder / WIDGET).write_text(text, encoding="utf-8")


def stub(config):
    """The installation code as the documentation prints it, but for the address of the script."""
    return installation_code(config, WIDGET)


class Preview:
    """A page with the preview widget in it, as a test sees it."""

    def __init__(self, page, base):
        self.page = page
        self.base = base
        self.chat = page.frame_locator(FRAME)
        self.container = page.locator(CONTAINER)
        self.launcher = page.locator(LAUNCHER)
        self.panel = page.locator(".chaport-preview-panel")

    def entries(self, *kinds, via=False):
        rows = self.panel.locator("li").evaluate_all(
            "all => all.map(li => [li.dataset.kind, li.dataset.name,"
            " JSON.parse(li.dataset.detail), li.dataset.via ?? ''])"
        )
        shown = [row if via else row[:3] for row in rows if not kinds or row[0] in kinds]
        return [tuple(row) for row in shown]

    def since(self, before, *kinds):
        return [entry for entry in self.entries()[len(before) :] if entry[0] in (kinds or entry)]

    def warnings(self):
        return [detail for _, _, detail in self.entries("warning")]

    def wait_for(self, kind, name, count=1):
        self.page.wait_for_function(
            "([kind, name, count]) => [...document.querySelector('.chaport-preview-panel')"
            "?.shadowRoot.querySelectorAll('li') ?? []].filter(({dataset}) =>"
            " dataset.kind === kind && dataset.name === name).length === count",
            arg=[kind, name, count],
        )

    def js(self, expression):
        """The value of an expression; "undefined" and what JSON cannot say are told apart."""
        return self.page.evaluate(
            f"(() => {{ const v = ({expression}); return v === undefined ? 'undefined' : v; }})()"
        )

    def fact(self, name):
        return self.panel.locator(f'dd[data-fact="{name}"]')

    def press(self, act):
        self.panel.locator(f'[data-act="{act}"]').evaluate("button => button.click()")

    def state(self):
        return self.js("chaport.getWidgetState()")

    def say(self, text):
        self.chat.get_by_role("textbox").fill(text)
        self.chat.get_by_role("textbox").press("Enter")

    def messages(self):
        return self.chat.locator(".message .bubble").all_text_contents()


@pytest.fixture(scope="module")
def shared_page(browser):
    """One page for most tests: each test's server is another origin, so nothing is left over."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def own_page():
    """Asked for by tests that leave traces: init scripts, clocks, history, windows."""


@pytest.fixture
def page(request, shared_page, browser):
    if "own_page" in request.fixturenames:
        with browser.new_context() as context:
            yield context.new_page()
        return
    shared_page.set_viewport_size({"width": 1280, "height": 720})
    shared_page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
    yield shared_page
    # The next test's server may get the same port, which makes it the same origin.
    shared_page.evaluate("localStorage.clear(); sessionStorage.clear()")


@pytest.fixture
def start(page, serve, tmp_path, console):
    """start(options, ...) opens a page with that configuration and waits for what is told."""
    write_widget(tmp_path)
    # For the next server may have this one's port, and a page that is no second older.
    base = serve(tmp_path, {"Cache-Control": "no-store"})

    def begin(
        options=None,
        *,
        config=None,
        after="",
        body="<h1>Home</h1>",
        head="",
        lang=' lang="en"',
        settings=None,
        visitor=VISITOR,
        path="index.html",
        until="ready",
    ):
        seeds = {"chaport-preview": settings, "chaport-preview-visitor": visitor}
        code = stub(config or as_config(options))
        code = SEED % json.dumps({key: json.dumps(v) for key, v in seeds.items() if v}) + code
        (tmp_path / path).write_text(PAGE % (lang, head, code, after, body), encoding="utf-8")
        page.goto(f"{base}/{path}")
        preview = Preview(page, base)
        if until == "ready":
            preview.wait_for("event", "ready")
        elif until:
            preview.wait_for(*until)
        return preview

    return begin


def home(preview):
    return {"url": f"{preview.base}/index.html", "title": "Home"}


def first_entries(preview):
    return [
        ("note", "page", {"url": f"{preview.base}/index.html"}),
        ("view", "automatic", home(preview)),
        ("event", "ready", {"visitorId": VISITOR}),
    ]


# ---- How it begins -------------------------------------------------------------------------------


def test_a_plain_page_counts_one_view_then_is_ready_then_shows_the_launcher(start, console):
    preview = start()
    assert preview.entries() == first_entries(preview)
    expect(preview.launcher).to_have_accessible_name("Open chat")
    expect(preview.panel.locator("h2")).to_have_text("Chaport preview · talks to nobody")
    assert console == []


def test_the_same_object_gains_exactly_the_documented_methods_at_ready(start):
    preview = start(
        after="window.stub = window.chaport; window.stubKeys = Object.keys(stub).sort();"
        "chaport.on('ready', () => { window.atReady = Object.keys(chaport).sort(); });"
    )
    assert preview.js("[stub === chaport, stubKeys, atReady]") == [
        True,
        ["_l", "_q", "on", "q"],
        sorted([*METHODS, "_l", "_q", "on", "q"]),
    ]


def test_before_ready_there_are_no_methods_and_nothing_is_drawn(start):
    preview = start({"init": {"event": "never", "maxDelay": 60000}}, until=("note", "page"))
    assert preview.js("Object.keys(chaport).sort()") == ["_l", "_q", "on", "q"]
    assert preview.entries() == [("note", "page", {"url": f"{preview.base}/index.html"})]
    expect(preview.container).to_have_count(0)


def test_ready_fires_right_before_the_widget_is_drawn(start):
    preview = start(
        after="chaport.on('ready', () => {"
        " window.drawn = document.querySelectorAll('.chaport-container').length; });"
    )
    expect(preview.container).to_have_count(1)
    assert preview.js("drawn") == 0


def test_a_second_evaluation_of_the_script_does_nothing(start):
    preview = start()
    before = preview.entries()
    preview.page.add_script_tag(url="preview-widget.js?again")
    assert preview.entries() == before
    expect(preview.container).to_have_count(1)
    expect(preview.panel).to_have_count(1)


def test_the_page_gains_no_globals_but_the_documented_two(start):
    preview = start(after="window.before = null; before = Object.keys(window);")
    assert preview.js("Object.keys(window).filter(key => !before.includes(key)).sort()") == ["0"]


def test_the_only_requests_are_the_page_and_the_script(own_page, start, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    preview = start()
    preview.launcher.click()
    preview.say("Hello")
    expect(preview.chat.locator(".label")).to_have_text("Preview reply")
    assert asked == [f"{preview.base}/{name}" for name in ("index.html", "preview-widget.js")]


def test_without_the_installation_code_it_reports_and_starts_nothing(
    page, serve, tmp_path, console
):
    write_widget(tmp_path)
    (tmp_path / "bare.html").write_text(
        '<!doctype html><link rel="icon" href="data:,"><script async src="preview-widget.js">'
        "</script><body>"
    )
    page.goto(f"{serve(tmp_path)}/bare.html")
    message = (
        "window.chaport is missing: the installation code defines it before this script is loaded"
    )
    preview = Preview(page, "")
    preview.wait_for("warning", "stub")
    assert preview.warnings() == [message]
    assert console == [f"warning: [chaport preview] {message}"]


# ---- When it begins: init ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("init", "act", "early", "late"),
    [
        pytest.param(None, "", 499, 1, id="half a second after load"),
        pytest.param({"delayAfterEvent": 1200}, "", 1199, 1, id="as long after load as told"),
        pytest.param({"event": "never"}, "", 4999, 1, id="after five seconds at the latest"),
        pytest.param({"event": "never", "maxDelay": 900}, "", 899, 1, id="at the latest when told"),
        pytest.param(
            {"event": "go"}, "dispatchEvent(new Event('go'))", 499, 1, id="after another event"
        ),
        pytest.param(
            {"delayAfterEvent": 8000}, "", 4999, 1, id="maxDelay before a longer delayAfterEvent"
        ),
    ],
)
def test_init_decides_when_the_widget_starts(own_page, start, page, init, act, early, late):
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    config = {"appId": APP_ID} | ({"init": init} if init else {})
    preview = start(config=json.dumps(config), until=("note", "page"))
    if act:
        preview.js(act)
    page.clock.run_for(early)
    assert [name for _, name, _ in preview.entries()] == ["page"]
    page.clock.run_for(late)
    assert [name for _, name, _ in preview.entries()] == ["page", "automatic", "ready"]


def test_init_can_wait_for_an_event_of_another_target(start):
    preview = start(
        config=f"{{appId: '{APP_ID}', init: {{event: 'go', delayAfterEvent: 0, maxDelay: 60000,"
        " eventTarget: (window.bus = new EventTarget())}}",
        until=("note", "page"),
    )
    preview.js("dispatchEvent(new Event('go'))")
    assert [name for _, name, _ in preview.entries()] == ["page"]
    preview.js("bus.dispatchEvent(new Event('go'))")
    preview.wait_for("event", "ready")


# ---- The methods ---------------------------------------------------------------------------------

EXPANDED = ("event", "widget.stateChange", "expanded")
COLLAPSED = ("event", "widget.stateChange", "collapsed")
UNREAD = ("event", "widget.stateChange", "unreadMessage")
CUSTOM = {"message": "Custom message"}
KNOWN = {"id": INVITATION, "message": INVITATION_TEXT}


# What is done before, the call, its answer, and what the log says after the call itself.
CALLS = [
    ("", "close()", "undefined", []),
    ("chaport.open()", "close()", "undefined", [COLLAPSED]),
    ("chaport.setActiveTrigger({message: 'x'})", "close()", "undefined", [COLLAPSED]),
    ("", "compare('Abc', '=', 'aBC')", True, []),
    ("", "disableTriggers()", "undefined", []),
    ("", f"disableTriggers(['{BOT}'])", "undefined", []),
    ("", "enableTriggers()", "undefined", []),
    ("", f"enableTriggers(['{BOT}'])", "undefined", []),
    ("", "getActiveTrigger()", "undefined", []),
    ("chaport.setActiveTrigger({message: 'x'})", "getActiveTrigger()", {"message": "x"}, []),
    ("", "getParameterValue('country')", "US", []),
    ("", f"getTriggerById('{INVITATION}')", KNOWN, []),
    ("", f"getTriggerById('{'0' * 24}')", "undefined", []),
    ("", "getWidgetState()", "collapsed", []),
    ("chaport.open()", "getWidgetState()", "expanded", []),
    ("chaport.setActiveTrigger({message: 'x'})", "getWidgetState()", "unreadMessage", []),
    ("", "hideLauncher()", "undefined", []),
    ("", "isOnline(() => {})", "undefined", []),
    (
        "",
        "newPageView({url: 'http://example.com/page2', title: 'My test page'})",
        "undefined",
        [("view", "newPageView", {"url": "http://example.com/page2", "title": "My test page"})],
    ),
    ("", "open()", "undefined", [EXPANDED]),
    ("chaport.open()", "open()", "undefined", []),
    ("", "openIn({selector: 'h1'})", "undefined", [EXPANDED]),
    ("", "showLauncher()", "undefined", []),
    (
        "",
        "setActiveTrigger({message: 'Custom message'})",
        "undefined",
        [UNREAD, ("event", "chat.autoInvitation", CUSTOM)],
    ),
    ("", "setAssignmentRules({rules: [{a: true}]})", "undefined", []),
    ("", "setVisitorData({name: 'John Doe'}, 'a1b2')", "undefined", []),
    ("", "startSession()", "undefined", [("note", "session", "already running")]),
    ("", "stopSession()", "undefined", []),
    ("chaport.open()", "stopSession()", "undefined", [COLLAPSED]),
    ("", "toggle()", "undefined", [EXPANDED]),
    ("chaport.open()", "toggle()", "undefined", [COLLAPSED]),
    ("chaport.setActiveTrigger({message: 'x'})", "toggle()", "undefined", [EXPANDED]),
    ("", "updatePosition(['right', 0, 100])", "undefined", []),
]


def test_every_method_answers_and_does_what_is_documented(start, console):
    preview = start(body="<h1></h1>")
    seen = []
    for before, call, *_ in CALLS:
        # A session of another visitor for each row, so that no row lives on the one above it.
        preview.js(f"chaport.startSession({{id: 'visitor-{len(seen)}', token: 't'}})")
        preview.js(before or "0")
        known = preview.entries()
        answer = preview.js(f"chaport.{call}")
        (kind, name, _), *follows = preview.since(known)
        assert (kind, name) == ("call", call.split("(")[0])
        seen.append((before, call, answer, follows))
    assert seen == CALLS
    assert {call.split("(")[0] for _, call, *_ in CALLS} == set(METHODS)
    assert console == []


# The documentation's Command Queue examples, but for startSession and stopSession.
QUEUED = """
var cpt = window.chaport.q;
cpt('setVisitorData', [{ name: 'John Doe' }, 'a1b2c3d4e5f6']);
cpt('open');
cpt('close');
cpt('compare', [1, '=', 'yourValue']);
cpt('disableTriggers');
cpt('disableTriggers', ['trigger-id-1', 'trigger-id-2']);
cpt('enableTriggers');
cpt('enableTriggers', ['trigger-id-1', 'trigger-id-2']);
cpt('getActiveTrigger');
cpt('getParameterValue', ['page_url']);
cpt('hideLauncher');
cpt('isOnline', [function (isOnline) { window.heard = isOnline; }]);
cpt('newPageView', [{ url: 'http://example.com/page2', title: 'My test page' }]);
cpt('newPageView');
cpt('openIn', [{ selector: '#chat-container' }]);
cpt('showLauncher');
cpt('setActiveTrigger', [{ message: "Custom message" }]);
cpt('setAssignmentRules', [{ rules: [{ 'support-team-id': true }], defaultRules: [] }]);
cpt('toggle');
cpt('updatePosition', [['right', 0, 100]]);
cpt('on', ['ready', function () { window.ready = true; }]);
"""


def test_the_queue_is_obeyed_in_order_with_every_documented_form(start, console):
    preview = start(after=QUEUED, body='<div id="chat-container"></div>')
    preview.wait_for("call", "updatePosition")
    second = {"url": "http://example.com/page2", "title": "My test page"}
    assert preview.entries("call", "event", "view", "warning") == [
        ("view", "automatic", home(preview)),
        ("call", "on", ["ready", "[function]"]),
        ("event", "ready", {"visitorId": VISITOR}),
        ("call", "setVisitorData", [{"name": "John Doe"}, "a1b2c3d4e5f6"]),
        ("call", "open", []),
        EXPANDED,
        ("call", "close", []),
        COLLAPSED,
        ("call", "compare", [1, "=", "yourValue"]),
        ("call", "disableTriggers", []),
        ("call", "disableTriggers", [["trigger-id-1", "trigger-id-2"]]),
        ("call", "enableTriggers", []),
        ("call", "enableTriggers", [["trigger-id-1", "trigger-id-2"]]),
        ("call", "getActiveTrigger", []),
        ("call", "getParameterValue", ["page_url"]),
        ("call", "hideLauncher", []),
        ("call", "isOnline", ["[function]"]),
        ("call", "newPageView", [second]),
        ("view", "newPageView", second),
        ("call", "newPageView", []),
        ("view", "newPageView", home(preview)),
        ("call", "openIn", [{"selector": "#chat-container"}]),
        EXPANDED,
        ("call", "showLauncher", []),
        ("call", "setActiveTrigger", [CUSTOM]),
        ("event", "chat.autoInvitation", CUSTOM),
        (
            "call",
            "setAssignmentRules",
            [{"rules": [{"support-team-id": True}], "defaultRules": []}],
        ),
        ("call", "toggle", []),
        COLLAPSED,
        ("call", "updatePosition", [["right", 0, 100]]),
    ]
    assert preview.js("[heard, ready]") == [True, True]
    assert {via for _, name, _, via in preview.entries("call", via=True) if name != "on"} == {"q"}
    assert console == []


def test_after_ready_the_queue_acts_at_once_and_answers_also_through_the_stubs_own_functions(start):
    preview = start(after="window.oldQ = chaport.q; window.oldOn = chaport.on; window.heard = [];")
    preview.js("oldOn('widget.stateChange', (state) => heard.push(state))")
    preview.js("oldQ('open')")
    preview.js("oldQ('on', ['widget.stateChange', (state) => heard.push('q ' + state)])")
    assert preview.js("chaport.q('getWidgetState')") == "expanded"
    preview.js("chaport.q('close')")
    assert preview.js("heard") == ["expanded", "collapsed", "q collapsed"]


def test_entries_that_other_wrappers_queue_are_obeyed_or_reported(start, console):
    preview = start(
        after="chaport._q.push(['open'], {0: 'close', length: 1}, {name: 'toggle'}, null);"
        "chaport.on('nap', () => {});"
    )
    preview.wait_for("event", "widget.stateChange", 2)
    nameless = "a queued command must name a method, not null"
    assert preview.entries()[1:] == [
        ("call", "on", ["nap", "[function]"]),
        ("warning", "event", 'on: the event "nap" is not in the documentation'),
        *first_entries(preview)[1:],
        ("call", "open", []),
        EXPANDED,
        ("call", "close", []),
        COLLAPSED,
        ("warning", "queue", nameless),
        ("warning", "queue", nameless),
    ]


@pytest.mark.parametrize("how", ["chaport.on", "oldOn"])
def test_a_ready_listener_that_a_ready_listener_adds_is_late_too(start, console, how):
    preview = start(
        after="window.oldOn = chaport.on; chaport.on('ready', () => {"
        f"{how}('ready', (data) => {{ window.late = data; }}); }});"
    )
    preview.page.wait_for_function("window.late")
    assert preview.js("late") == {"visitorId": VISITOR}
    assert console == [f"warning: [chaport preview] {LATE}"]


LATE = "undocumented: late listener: ready had already happened; the preview calls it now"


@pytest.mark.parametrize("how", ["chaport.on", "oldOn"])
def test_a_late_ready_listener_is_called_later_and_reported(start, console, how):
    preview = start(after="window.oldOn = chaport.on;")
    preview.js(f"{how}('ready', (data) => {{ window.late = data; }})")
    preview.page.wait_for_function("window.late")
    assert preview.js("late") == {"visitorId": VISITOR}
    message = "undocumented: late listener: ready had already happened; the preview calls it now"
    assert preview.warnings() == [message]
    assert console == [f"warning: [chaport preview] {message}"]


def test_new_page_view_without_details_takes_the_current_address_and_title(start):
    preview = start()
    known = preview.entries()
    preview.js("history.pushState({}, '', 'two.html?a=1#b')")
    preview.js("document.title = 'Two'")
    preview.js("chaport.newPageView()")
    here = {"url": f"{preview.base}/two.html?a=1#b", "title": "Two"}
    assert preview.since(known) == [("call", "newPageView", []), ("view", "newPageView", here)]


def test_is_online_calls_back_with_what_the_panel_says(start):
    preview = start(settings={"online": False})
    assert preview.js("new Promise((resolve) => chaport.isOnline(resolve))") is False
    preview.panel.locator(".tab").click()
    preview.panel.get_by_role("switch", name="Operators online").click()
    assert preview.js("new Promise((resolve) => chaport.isOnline(resolve))") is True


def test_update_position_moves_the_widget_and_calls_back_when_it_stands(start):
    preview = start()
    expect(preview.launcher).to_be_visible()
    preview.js(
        "new Promise((resolve) => chaport.updatePosition(['right', 0, 100], () => resolve(null)))"
    )
    box = preview.page.locator(".chaport-launcher").bounding_box()
    view = preview.page.viewport_size
    assert (box["x"] + box["width"], box["y"] + box["height"]) == (
        view["width"],
        view["height"] - 100,
    )
    preview.js("new Promise((resolve) => chaport.updatePosition(['left', 7], () => resolve(null)))")
    box = preview.page.locator(".chaport-launcher").bounding_box()
    assert (box["x"], box["y"] + box["height"]) == (7, view["height"] - 20)
    expect(preview.panel).to_have_attribute("data-side", "right")


def test_hide_and_show_launcher_leave_the_chat_itself_alone(start):
    preview = start()
    preview.js("chaport.hideLauncher()")
    expect(preview.launcher).to_be_hidden()
    preview.js("chaport.open()")
    expect(preview.chat.get_by_role("textbox")).to_be_visible()
    preview.js("chaport.showLauncher()")
    expect(preview.launcher).to_be_visible()


COMPARED = [
    ("Sales", "=", "sALES", True),
    ("1", "=", 1, False),
    (1, "=", 1, True),
    ("Sales", "!=", "sales", False),
    ("a", "!=", "b", True),
    ("example.com/pricing", "contains", "pricing", True),
    ("example.com/Pricing", "contains", "pricing", False),
    (None, "contains", "null", False),
    ("a", "!contains", "b", True),
    ("ab", "!contains", "b", False),
    *[(5, sign, 4, True) for sign in ("gt", ">", "gte", ">=")],
    *[(5, sign, 5, False) for sign in ("gt", ">", "lt", "<")],
    *[(5, sign, 5, True) for sign in ("gte", ">=", "lte", "<=")],
    *[(4, sign, 5, True) for sign in ("lt", "<", "lte", "<=")],
    (5, "~", 5, False),
]


def test_compare_knows_the_documented_matchers_and_no_other(start):
    preview = start()
    calls = [list(row[:3]) for row in COMPARED]
    answers = preview.js(f"{json.dumps(calls)}.map((values) => chaport.compare(...values))")
    assert [(*call, answer) for call, answer in zip(calls, answers, strict=True)] == COMPARED
    assert preview.warnings() == ['compare: the matcher "~" is not in the documentation']


def test_every_documented_parameter_has_its_value(start):
    preview = start()
    utm = "utm_source=s&utm_medium=m&utm_term=t&utm_campaign=c&utm_content=n"
    url = f"https://example.com/pricing?{utm}"
    preview.js(f"chaport.newPageView({{url: '{url}', title: 'Pricing'}})")
    preview.js("chaport.open()")
    preview.say("What does it cost?")
    preview.wait_for("event", "chat.started")
    keys = [
        "page_url",
        "message_text",
        "country",
        "language",
        "referrer_url",
        "utm_source",
        "utm_medium",
        "utm_term",
        "utm_campaign",
        "utm_content",
        "nonsense",
    ]
    assert preview.js(f"{keys}.map((key) => chaport.getParameterValue(key) ?? 'undefined')") == [
        *(url, "What does it cost?", "US", "en", ""),
        *("s", "m", "t", "c", "n", "undefined"),
    ]
    assert preview.warnings() == [
        'getParameterValue: the key "nonsense" is not in the documentation'
    ]


# ---- The events ----------------------------------------------------------------------------------


def test_every_event_reaches_its_listeners_with_its_payload(start):
    names = ["ready", "chat.autoInvitation", "chat.botSent", "chat.onlineChange"]
    names += ["chat.started", "widget.stateChange"]
    preview = start(
        after="window.heard = [];"
        f"for (const name of {names}) chaport.on(name, (data) => heard.push([name, data]));"
    )
    preview.press("chatbot")
    preview.press("invitation")
    preview.panel.get_by_role("switch", include_hidden=True).evaluate("button => button.click()")
    preview.js("chaport.open()")
    preview.say("Hello")
    preview.wait_for("event", "chat.started")
    expected = [
        ["ready", {"visitorId": VISITOR}],
        ["widget.stateChange", "unreadMessage"],
        ["chat.botSent", {"id": BOT, "message": BOT_TEXT}],
        ["chat.autoInvitation", KNOWN],
        ["chat.onlineChange", False],
        ["widget.stateChange", "expanded"],
        ["chat.started", {"visitorId": VISITOR}],
    ]
    assert preview.js("heard") == expected
    assert preview.entries("event") == [("event", *row) for row in expected]


def test_a_chat_is_started_once_a_session_also_across_page_loads(start):
    preview = start()
    preview.launcher.click()
    preview.say("One")
    expect(preview.chat.locator(".label")).to_have_count(1)
    preview.say("Two")
    expect(preview.chat.locator(".label")).to_have_count(2)
    preview.page.reload()
    preview.wait_for("event", "ready", 2)
    preview.launcher.click()
    preview.say("Three")
    expect(preview.chat.locator(".label")).to_have_count(3)
    assert preview.messages() == [
        *("Hello! How can we help?", "One", REPLY, "Two", REPLY, "Three", REPLY)
    ]
    preview.wait_for("event", "chat.started", 1)


def test_an_invitation_is_an_event_the_first_time_only_also_across_page_loads(start):
    preview = start()
    call = "chaport.setActiveTrigger({message: 'Custom message'})"
    preview.js(call)
    preview.js("chaport.close()")
    preview.js(call)
    preview.page.reload()
    preview.wait_for("event", "ready", 2)
    preview.js(call)
    assert preview.entries("event") == [
        ("event", "ready", {"visitorId": VISITOR}),
        UNREAD,
        ("event", "chat.autoInvitation", CUSTOM),
        COLLAPSED,
        UNREAD,
        ("event", "ready", {"visitorId": VISITOR}),
        UNREAD,
    ]


REAPPEARS = (
    "the invitation of the page before may reappear here; the preview does not show it again"
)


@pytest.mark.parametrize("before", ["left open", "closed", "answered"])
def test_an_active_invitation_may_reappear_on_the_next_page(start, before):
    preview = start()
    preview.js("chaport.setActiveTrigger({message: 'Custom message'})")
    if before == "closed":
        preview.js("chaport.close()")
    if before == "answered":
        preview.js("chaport.open()")
        preview.say("Hello")
        preview.wait_for("event", "chat.started")
    preview.page.reload()
    preview.wait_for("event", "ready", 2)
    notes = [row for row in preview.entries("note") if row[1] == "not acted out"]
    assert notes == ([] if before == "answered" else [("note", "not acted out", REAPPEARS)])
    assert preview.state() == "collapsed"


def test_a_failing_listener_is_the_pages_own_error_and_stops_nobody(start, console):
    preview = start(
        after="chaport.on('ready', () => { throw new Error('mine'); });"
        "chaport.on('ready', () => { window.second = true; });"
    )
    expect(preview.launcher).to_be_visible()
    assert preview.js("second") is True
    assert console == ["pageerror: mine"]


# ---- The options ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "settings", "side", "x", "y"),
    [
        ({}, {}, "right", 20, 20),
        ({"appearance": {"position": ["left"]}}, {}, "left", 20, 20),
        ({"appearance": {"position": ["left", 5]}}, {}, "left", 5, 20),
        ({"appearance": {"position": ["right", 0, 50]}}, {}, "right", 0, 50),
        (
            {"devices": {"configs": {"mobile": {"appearance": {"position": ["left", 1, 2]}}}}},
            {"device": "ios"},
            *("left", 1, 2),
        ),
    ],
)
def test_the_widget_stands_where_appearance_position_says(start, options, settings, side, x, y):
    preview = start(options, settings=settings)
    expect(preview.launcher).to_be_visible()
    box = preview.page.locator(".chaport-launcher").bounding_box()
    view = preview.page.viewport_size
    from_side = box["x"] if side == "left" else view["width"] - box["x"] - box["width"]
    assert (from_side, view["height"] - box["y"] - box["height"]) == (x, y)
    expect(preview.panel).to_have_attribute("data-side", "right" if side == "left" else "left")


LOOKS = {
    "teamName": "<b>Docs</b> team",
    "onlineWelcome": "Hello, <i>we</i> are online!",
    "offlineWelcome": "We are not online.",
}


@pytest.mark.parametrize(
    ("online", "welcome", "status"),
    [
        (True, "Hello, <i>we</i> are online!", "Online now"),
        (False, "We are not online.", "Offline, leave us a message"),
    ],
)
def test_names_and_welcomes_are_shown_as_text_never_as_html(start, online, welcome, status):
    preview = start({"appearance": LOOKS}, settings={"online": online})
    preview.launcher.click()
    expect(preview.chat.locator("h1")).to_have_text("<b>Docs</b> team")
    expect(preview.chat.locator(".status")).to_have_text(status)
    assert preview.messages() == [welcome]


@pytest.mark.parametrize(
    ("option", "seen"), [(True, "Read"), (False, ""), (None, "")], ids=["text", "icons", "default"]
)
def test_text_statuses_are_words_or_icons(start, option, seen):
    preview = start({} if option is None else {"appearance": {"textStatuses": option}})
    preview.launcher.click()
    preview.say("Hello")
    status = preview.chat.locator('.visitor .seen[data-status="read"]')
    expect(status).to_have_text(seen)
    expect(status.locator("svg")).to_have_count(0 if seen else 1)
    if not seen:
        expect(status).to_have_accessible_name("Read")


CONTRAST = """(elements) => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => rgb.slice(0, 3).map((c) => c / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort(); return (y + 0.05) / (x + 0.05); };
  const ratios = [];
  for (const element of elements) {
    let behind = element;
    const style = () => element.ownerDocument.defaultView.getComputedStyle(behind);
    while (style().backgroundImage === 'none' && numbers(style().backgroundColor)[3] === 0) behind = behind.parentElement;
    const stops = style().backgroundImage === 'none' ? [style().backgroundColor] : style().backgroundImage.match(/rgb\\([^)]*\\)/g);
    const ink = element.ownerDocument.defaultView.getComputedStyle(element).color;
    for (const stop of stops) ratios.push(ratio(numbers(ink), numbers(stop)));
  }
  return ratios;
}"""  # noqa: E501


@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_keeps_its_text_readable_in_light_and_dark(start, page, colour):
    looks = {"windowColor": colour, "textStatuses": True}
    preview = start({"appearance": looks, "closeButton": True})
    preview.launcher.click()
    preview.say("Hello")
    preview.press("message")
    expect(preview.chat.locator(".seen")).to_have_count(2)
    written = preview.chat.locator("h1, .status, .strip, .bubble, .seen, textarea, .close")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        ratios = written.evaluate_all(CONTRAST)
        assert len(ratios) >= 12
        assert min(ratios) >= 4.5


@pytest.mark.parametrize(
    ("options", "settings", "width", "shown"),
    [
        ({}, {}, 1280, False),
        ({"launcher": {"show": False}}, {}, 1280, True),
        ({}, {"device": "android"}, 1280, True),
        ({}, {}, 375, True),
        ({"closeButton": True}, {}, 1280, True),
        ({"closeButton": False, "launcher": {"show": False}}, {"device": "ios"}, 1280, False),
    ],
    ids=["usual", "no launcher", "mobile", "narrow", "wanted", "unwanted"],
)
def test_the_close_button_is_there_when_documented(start, page, options, settings, width, shown):
    page.set_viewport_size({"width": width, "height": 700})
    preview = start(options, settings=settings)
    preview.js("chaport.open()")
    close = preview.chat.get_by_role("button", name="Close chat")
    expect(close).to_be_visible(visible=shown)
    if shown:
        close.click()
        assert preview.state() == "collapsed"


def test_launcher_show_false_hides_the_launcher(start):
    preview = start({"launcher": {"show": False}})
    expect(preview.container).to_have_count(1)
    expect(preview.launcher).to_be_hidden()


PLACES = [
    pytest.param({"devices": {"exclude": ["mobile"]}}, "desktop", "US", True, id="mobile out"),
    pytest.param({"devices": {"exclude": ["mobile"]}}, "ios", "US", False, id="ios is mobile"),
    pytest.param({"devices": {"exclude": ["ios"]}}, "android", "US", True, id="only ios out"),
    pytest.param({"devices": {"include": ["desktop"]}}, "desktop", "US", True, id="desktop only"),
    pytest.param({"devices": {"include": ["desktop"]}}, "android", "US", False, id="not desktop"),
    pytest.param({"devices": {"include": ["mobile"]}}, "android", "US", True, id="mobile only"),
    pytest.param({"countries": {"include": ["US"]}}, "desktop", "US", True, id="in the US"),
    pytest.param({"countries": {"include": ["US"]}}, "desktop", "DE", False, id="not in the US"),
    pytest.param({"countries": {"exclude": ["DE"]}}, "desktop", "DE", False, id="Germany out"),
    pytest.param({"countries": {"exclude": ["DE"]}}, "desktop", "FR", True, id="France not out"),
]


@pytest.mark.parametrize(("options", "kind", "country", "shown"), PLACES)
def test_devices_and_countries_decide_where_the_widget_is_seen(
    start, options, kind, country, shown
):
    preview = start(options, settings={"device": kind, "country": country})
    expect(preview.container).to_have_count(1 if shown else 0)
    preview.js("chaport.open()")
    assert preview.state() == ("expanded" if shown else "collapsed")
    reason = f"{next(iter(options))} hides it {'on ' + kind if 'devices' in options else 'in ' + country}"  # noqa: E501
    hidden = [("note", "not shown", reason)] * 2
    assert preview.entries("note")[1:] == ([] if shown else hidden)


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0", "desktop"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15", "ios"),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0", "android"),
    ],
)
def test_the_device_is_told_by_the_user_agent(own_page, start, page, agent, kind):
    text = json.dumps(agent)
    page.add_init_script(f"Object.defineProperty(navigator, 'userAgent', {{get: () => {text}}})")
    expect(start().fact("device")).to_have_text(kind)


def test_device_configs_are_laid_over_the_site_and_the_narrower_name_wins(start):
    configs = {
        "mobile": {"launcher": {"show": False}, "appearance": {"teamName": "Mobile"}},
        "android": {"appearance": {"teamName": "Android"}},
        "desktop": {"appearance": {"teamName": "Desktop"}},
    }
    options = {"appearance": {"teamName": "All", "windowColor": "red"}}
    preview = start({**options, "devices": {"configs": configs}}, settings={"device": "android"})
    assert json.loads(preview.panel.locator(".config").text_content()) == {
        "appId": APP_ID,
        "init": {"delayAfterEvent": 0},
        "appearance": {"teamName": "Android", "windowColor": "red"},
        "devices": {},
        "launcher": {"show": False},
    }


@pytest.mark.parametrize(
    ("language", "lang", "asked", "label"),
    [
        ({"use": "de"}, ' lang="fr"', "de", "Chat öffnen"),
        ({"use": "de", "source": "html"}, ' lang="fr"', "de", "Chat öffnen"),
        ({"source": "html"}, ' lang="fr"', "fr", "Ouvrir le chat"),
        ({"source": "html"}, ' lang="pt-BR"', "pt", "Abrir o chat"),
        ({"source": "html"}, "", "en", "Open chat"),
        ({"source": "header"}, ' lang="fr"', "en", "Open chat"),
        (None, ' lang="fr"', "en", "Open chat"),
        ({"use": "es"}, "", "es", "Abrir el chat"),
        ({"use": "ru"}, "", "ru", "Открыть чат"),
        ({"use": "ja"}, "", "ja (shown in en)", "Open chat"),
    ],
)
def test_the_language_is_the_documented_one(start, language, lang, asked, label):
    preview = start({"language": language} if language else {}, lang=lang)
    expect(preview.fact("language")).to_have_text(asked)
    expect(preview.launcher).to_have_accessible_name(label)
    assert preview.js("chaport.getParameterValue('language')") == asked[:2]
    missing = 'language.source is "html" but <html> has no lang; the browser\'s language is taken'
    assert preview.warnings() == ([missing] if language == {"source": "html"} and not lang else [])


@pytest.mark.parametrize(
    ("option", "off"),
    [
        (False, [INVITATION, INVITATION_2, BOT]),
        ({"enabled": True}, []),
        ({"enabled": False}, [INVITATION, INVITATION_2, BOT]),
        ({"disabled": True}, [INVITATION, INVITATION_2, BOT]),
        ({"disabled": False}, []),
        ({"disabled": [BOT]}, [BOT]),
        ({"enabled": [BOT]}, [INVITATION, INVITATION_2]),
    ],
)
def test_the_triggers_option_switches_all_or_some_off(start, option, off):
    preview = start({"triggers": option})
    for act in ("invitation", "invitation", "chatbot"):
        preview.press(act)
    shown = [
        (trigger, kind)
        for trigger, kind in (
            (INVITATION, "chat.autoInvitation"),
            (INVITATION_2, "chat.autoInvitation"),
            (BOT, "chat.botSent"),
        )
        if trigger not in off
    ]
    told = [(d["id"], n) for _, n, d in preview.entries("event") if n.startswith("chat.")]
    assert told == shown


def test_trigger_methods_change_what_they_name_and_nothing_else(start):
    preview = start({"triggers": False})
    off = preview.fact("triggers")
    expect(off).to_have_text("off: all")
    preview.js(f"chaport.enableTriggers(['{BOT}'])")
    expect(off).to_have_text(f"off: {INVITATION}, {INVITATION_2}")
    preview.js(f"chaport.disableTriggers(['{INVITATION}'])")
    expect(off).to_have_text(f"off: {INVITATION}, {INVITATION_2}")
    preview.js("chaport.enableTriggers()")
    expect(off).to_have_text("on")
    preview.js(f"chaport.q('disableTriggers', ['{BOT}', '{INVITATION}'])")
    expect(off).to_have_text(f"off: {INVITATION}, {BOT}")
    preview.js("chaport.disableTriggers()")
    expect(off).to_have_text("off: all")


def test_an_existing_trigger_can_be_changed_and_shown_as_documented(start):
    preview = start()
    preview.js(f"window.trigger = chaport.getTriggerById('{INVITATION}')")
    preview.js("trigger.message = 'Changed'")
    preview.js("chaport.setActiveTrigger(trigger)")
    expect(preview.page.locator(".chaport-popup-text")).to_have_text("Changed")
    assert preview.js("chaport.getActiveTrigger()") == {"id": INVITATION, "message": "Changed"}
    assert preview.js(f"chaport.getTriggerById('{INVITATION}')") == KNOWN
    preview.page.locator(".chaport-popup-open").click()
    preview.say("Hello")
    preview.wait_for("event", "chat.started")
    assert preview.js("chaport.getActiveTrigger()") == "undefined"


RULE = "rules: [{'sales': ['page_url', 'contains', 'pricing']}, {'john': true}]"


@pytest.mark.parametrize(
    ("options", "assigned"),
    [
        ("", "any operator (account)"),
        ("operators: ['ann', 'ben']", "one of ann, ben (operators)"),
        (f"assignments: {{{RULE}}}", "john (rules)"),
        ("assignments: {rules: [{'us': ['country', '=', 'us']}]}", "us (rules)"),
        ("assignments: {rules: [{'es': ['language', '=', 'es']}]}", "any operator (account)"),
        ("assignments: {rules: [{'no': false}], defaultRules: [{'d': true}]}", "d (defaultRules)"),
        ("assignments: {defaultRules: []}, operators: ['ann']", "one of ann (operators)"),
        ("assignments: {rules: [{'vip': (cp) => cp.compare(1, '<', 2)}]}", "vip (rules)"),
        (f"assignments: {{resolve: () => 'ann', {RULE}}}", "ann (resolve)"),
        (f"assignments: {{resolve: () => ['ann', 'ben'], {RULE}}}", "one of ann, ben (resolve)"),
        (f"assignments: {{resolve: () => undefined, {RULE}}}", "john (rules)"),
        (f"assignments: {{resolve: () => null, {RULE}}}", "nobody (resolve)"),
        (
            "assignments: {resolve: (cp) => cp.compare(cp.getParameterValue('page_url'),"
            " 'contains', 'index') ? 'home-team' : undefined}",
            "home-team (resolve)",
        ),
    ],
)
def test_assignments_are_decided_in_the_documented_order(start, console, options, assigned):
    preview = start(options)
    expect(preview.fact("assigned to")).to_have_text(assigned)
    assert console == []


def test_new_rules_and_new_pages_change_who_would_be_assigned(start):
    preview = start(f"assignments: {{{RULE}}}")
    assigned = preview.fact("assigned to")
    preview.js("chaport.newPageView({url: 'https://example.com/pricing', title: 'Pricing'})")
    expect(assigned).to_have_text("sales (rules)")
    rule = "rules: [{'billing': ['message_text', 'contains', 'invoice']}], defaultRules: []"
    preview.js(f"chaport.setAssignmentRules({{{rule}}})")
    expect(assigned).to_have_text("any operator (account)")
    preview.js("chaport.open()")
    preview.say("My invoice is wrong")
    preview.wait_for("note", "assigned")
    assert preview.entries("note")[-1] == (
        *("note", "assigned"),
        {"to": "billing", "by": "rules"},
    )


def test_visitor_data_without_a_hash_only_fills_what_is_empty(start):
    preview = start({"visitor": {"name": "Ann", "custom": {"plan": "pro"}}})
    preview.js("chaport.setVisitorData({name: 'Eve', email: 'a@b.c', custom: {seats: 2}})")
    data = {"name": "Ann", "custom": {"plan": "pro", "seats": 2}, "email": "a@b.c"}
    assert json.loads(preview.fact("visitor data").text_content()) == data
    assert preview.entries("note")[-1] == (
        *("note", "visitor data ignored"),
        "name is already set and there is no integrity hash",
    )
    preview.js("chaport.setVisitorData({name: 'Eve'}, 'abc123')")
    assert json.loads(preview.fact("visitor data").text_content()) == data | {"name": "Eve"}


def data_of(preview):
    text = preview.fact("visitor data").text_content()
    return json.loads(text) if text.startswith("{") else {}


IGNORED = (
    *("note", "visitor data ignored"),
    "email is already set and there is no integrity hash",
)


def test_visitor_data_is_remembered_on_the_next_page(start):
    preview = start()
    preview.js("chaport.setVisitorData({email: 'first@x.y', custom: {plan: 'pro'}})")
    preview.page.reload()
    preview.wait_for("event", "ready", 2)
    first = {"email": "first@x.y", "custom": {"plan": "pro"}}
    assert data_of(preview) == first
    preview.js("chaport.setVisitorData({email: 'second@x.y', name: 'Ann'})")
    assert data_of(preview) == first | {"name": "Ann"}
    assert preview.entries("note")[-1] == IGNORED
    preview.js("chaport.setVisitorData({email: 'second@x.y'}, 'abc123')")
    assert data_of(preview)["email"] == "second@x.y"


@pytest.mark.parametrize("clear", [False, True])
def test_visitor_data_is_remembered_over_sessions_of_the_visitor(start, clear):
    preview = start()
    preview.js("chaport.setVisitorData({email: 'first@x.y'})")
    preview.js(f"chaport.stopSession({str(clear).lower()})")
    preview.js("chaport.startSession()")
    assert data_of(preview) == ({} if clear else {"email": "first@x.y"})
    preview.js("chaport.setVisitorData({email: 'second@x.y'})")
    assert data_of(preview)["email"] == ("second@x.y" if clear else "first@x.y")


def test_visitor_data_is_that_of_one_visitor(start):
    preview = start()
    preview.js("chaport.setVisitorData({email: 'first@x.y'})")
    preview.js("chaport.startSession({id: 'someone-else', token: 't'})")
    assert data_of(preview) == {}


def test_without_persist_visitor_data_is_forgotten_with_the_visitor(start):
    preview = start({"session": {"persist": False}})
    preview.js("chaport.setVisitorData({email: 'first@x.y'})")
    preview.page.reload()
    preview.wait_for("event", "ready", 2)
    assert data_of(preview) == {}


@pytest.mark.parametrize("operators", [["Zoë", "max"], None])
def test_the_operators_option_limits_the_faces_shown(start, operators):
    preview = start({"operators": operators} if operators else {})
    assert preview.chat.locator(".faces span").all_text_contents() == (
        ["Z", "M"] if operators else ["A", "B", "C"]
    )


def test_options_without_a_visible_effect_are_shown_in_the_panel(start, console):
    options = {
        "analytics": {"google": {"id": "G-1", "api": "gtm", "enabled": False}},
        "responsive": True,
        "visitorIntegrityHash": "abc123",
        "session": {"cookieDomain": "example.co.uk"},
    }
    preview = start(
        "analytics: {google: {id: 'G-1', api: 'gtm', apiObject: window, enabled: false}},"
        "responsive: true, visitorIntegrityHash: 'abc123',"
        "session: {cookieDomain: 'example.co.uk'}"
    )
    options["analytics"]["google"]["apiObject"] = "[Window]"
    shown = json.loads(preview.panel.locator(".config").text_content())
    assert shown == {"appId": APP_ID, "init": {"delayAfterEvent": 0}, **options}
    assert preview.entries("note")[1:] == [
        ("note", "not acted out", f"{name}: {why}")
        for name, why in (
            ("analytics", "the preview sends no events"),
            ("responsive", "the preview looks the same on every site"),
            ("session.cookieDomain", "the preview keeps its visitor for this origin alone"),
        )
    ]
    assert console == []


# ---- Where it opens ------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["launcher", "open()", "toggle()"])
def test_open_in_an_element_draws_the_chat_there_but_never_by_itself(start, by):
    preview = start(
        {"openIn": {"selector": "#chat"}}, body='<div id="chat" style="height: 400px"></div>'
    )
    expect(preview.launcher).to_be_visible()
    assert preview.state() == "collapsed"
    expect(preview.page.locator("#chat > *")).to_have_count(0)
    if by == "launcher":
        preview.launcher.click()
    else:
        preview.js(f"chaport.{by}")
    assert preview.state() == "expanded"
    expect(preview.page.locator(f"#chat > {CONTAINER}")).to_have_count(1)
    frame, place = (preview.page.locator(at).bounding_box() for at in (FRAME, "#chat"))
    assert frame == place
    preview.say("Hello")
    expect(preview.chat.locator(".visitor .bubble")).to_have_text("Hello")
    preview.js("chaport.close()")
    expect(preview.page.locator(FRAME)).to_be_hidden()
    expect(preview.launcher).to_be_in_viewport()


@pytest.mark.parametrize(
    "early", ["chaport.on('ready', () => chaport.open())", "chaport.q('open')"]
)
def test_open_in_an_element_holds_for_a_chat_that_opens_at_once(start, early):
    preview = start(
        {"openIn": {"selector": "#chat"}}, body='<div id="chat"></div>', after=f";{early}"
    )
    expect(preview.page.locator(f"#chat > {CONTAINER}")).to_have_count(1)
    assert preview.state() == "expanded"


def test_an_element_without_height_gets_one_while_the_chat_is_open(start):
    preview = start({"openIn": {"selector": "#chat"}}, body='<div id="chat"></div>')
    preview.js("chaport.open()")
    assert preview.page.locator("#chat").bounding_box()["height"] == 480
    preview.js("chaport.close()")
    assert preview.page.locator("#chat").bounding_box()["height"] == 0


@pytest.mark.parametrize(
    ("options", "act"),
    [
        ({"openIn": "_blank"}, "chaport.open()"),
        ({"openIn": "_blank"}, "document.querySelector('.chaport-launcher-button').click()"),
        ({"openIn": "support"}, "chaport.toggle()"),
        ({}, "chaport.openIn('_blank')"),
        ({}, "chaport.q('openIn', ['_blank'])"),
    ],
)
def test_open_in_a_window_opens_a_page_with_the_same_conversation(
    own_page, start, page, options, act
):
    preview = start(options)
    with page.expect_popup() as opened:
        preview.js(act)
    window = opened.value
    expect(window).to_have_title("Support team")
    window.get_by_role("textbox", name="Write a message…").fill("Hello")
    window.get_by_role("button", name="Send").click()
    expect(window.locator(".visitor .bubble")).to_have_text("Hello")
    expect(window.locator(".operator .label")).to_have_text("Preview reply")
    assert [name for _, name, _ in preview.entries("event")] == ["ready", "chat.started"]
    assert preview.messages() == ["Hello! How can we help?", "Hello", REPLY]


def test_the_open_in_method_chooses_the_place_this_once(start):
    preview = start(body='<div id="chat"></div>')
    preview.js("chaport.openIn({selector: '#chat'})")
    expect(preview.page.locator(f"#chat {FRAME}")).to_be_visible()
    preview.js("chaport.close()")
    preview.js("chaport.open()")
    expect(preview.page.locator(f"body > {CONTAINER} {FRAME}")).to_be_visible()


# ---- Sessions ------------------------------------------------------------------------------------


def test_without_auto_start_nothing_happens_until_start_session_through_the_queue(start):
    preview = start({"session": {"autoStart": False}}, after="chaport.q('open');", until=None)
    expect(preview.fact("session")).to_have_text("waiting for startSession")
    assert [kind for kind, _, _ in preview.entries()] == ["note"]
    expect(preview.container).to_have_count(0)
    preview.js("chaport.q('startSession')")
    assert preview.entries("call", "view", "event", "warning") == [
        ("call", "startSession", []),
        ("view", "automatic", home(preview)),
        ("event", "ready", {"visitorId": VISITOR}),
        ("call", "open", []),
        EXPANDED,
    ]


USE_THE_QUEUE = (
    "session.autoStart is false and a ready listener calls startSession: ready comes only after the"
    " session has started. Use chaport.q('startSession')"
)


@pytest.mark.parametrize(
    "listen",
    [
        "chaport.on('ready', function () { window.chaport.startSession(); });",
        "chaport.q('on', ['ready', () => chaport.startSession()]);",
        "chaport.on('ready', () => chaport.q('startSession'));",
    ],
)
def test_a_session_that_waits_for_ready_is_told_to_use_the_queue(start, console, listen):
    preview = start(
        {"session": {"autoStart": False}}, after=listen, until=("warning", "auto start")
    )
    assert preview.warnings() == [USE_THE_QUEUE]
    assert console == [f"warning: [chaport preview] {USE_THE_QUEUE}"]


def test_a_listener_that_comes_while_it_waits_is_told_so_too(start):
    preview = start({"session": {"autoStart": False}}, until=None)
    expect(preview.fact("session")).to_have_text("waiting for startSession")
    preview.js("chaport.on('ready', () => chaport.startSession())")
    assert preview.warnings() == [USE_THE_QUEUE]


@pytest.mark.parametrize(
    "script",
    [
        "chaport.on('ready', () => chaport.open()); setTimeout(chaport.q, 9, 'startSession');",
        "chaport.on('ready', () => chaport.startSession()); chaport.q('startSession');",
    ],
)
def test_a_session_that_the_queue_starts_is_as_documented(start, console, script):
    start({"session": {"autoStart": False}}, after=script)
    assert console == []


@pytest.mark.parametrize(
    "queued", ["{id: 'visitor-id', token: 'secret'}", "[{id: 'visitor-id', token: 'secret'}, done]"]
)
def test_start_session_takes_credentials_bare_or_in_a_list_and_hides_the_token(start, queued):
    preview = start(
        {"session": {"autoStart": False}},
        after="window.done = () => { window.called = true; };"
        f"chaport.q('open'); chaport.q('startSession', {queued});",
    )
    hidden = {"id": "visitor-id", "token": "[hidden]"}
    args = [hidden, "[function]"] if "done" in queued else [hidden]
    assert preview.entries("call", "event", "warning") == [
        ("call", "startSession", args),
        ("event", "ready", {"visitorId": "visitor-id"}),
        ("call", "open", []),
        EXPANDED,
    ]
    assert preview.js("window.called") == (True if "done" in queued else "undefined")
    assert "secret" not in preview.js("JSON.stringify({...sessionStorage, ...localStorage})")


@pytest.mark.parametrize("clear", [False, True])
def test_stop_session_takes_the_widget_away_and_forgets_the_visitor_only_when_told(start, clear):
    preview = start()
    preview.js(
        f"new Promise((resolve) => chaport.stopSession({str(clear).lower()}, () => resolve(null)))"
    )
    expect(preview.container).to_have_count(0)
    expect(preview.fact("session")).to_have_text("stopped")
    preview.js("chaport.open()")
    assert preview.warnings() == ["open: there is no session; it was stopped"]
    preview.js("new Promise((resolve) => chaport.startSession(null, () => resolve(null)))")
    expect(preview.container).to_have_count(1)
    assert (preview.fact("visitor").text_content() == VISITOR) is not clear
    assert [name for _, name, _ in preview.entries("view", "event")] == [
        *("automatic", "ready", "automatic")
    ]


def test_a_session_stopped_by_a_ready_listener_draws_nothing(start):
    preview = start(
        after="chaport.on('ready', () => chaport.stopSession()); chaport.q('hideLauncher');"
    )
    preview.wait_for("call", "hideLauncher")
    expect(preview.container).to_have_count(0)
    assert preview.warnings() == ["hideLauncher: there is no session; it was stopped"]


def test_credentials_of_another_visitor_start_another_session(start):
    preview = start()
    preview.launcher.click()
    preview.say("Hello")
    preview.wait_for("event", "chat.started")
    preview.js("chaport.startSession({id: 'someone-else', token: 't'})")
    expect(preview.fact("visitor")).to_have_text("someone-else")
    preview.launcher.click()
    assert preview.messages() == ["Hello! How can we help?"]


def test_configured_credentials_name_the_visitor(start):
    preview = start({"session": {"user": {"id": "visitor-id", "token": "t"}}})
    assert preview.entries("event") == [("event", "ready", {"visitorId": "visitor-id"})]
    shown = json.loads(preview.panel.locator(".config").text_content())
    assert shown["session"] == {"user": {"id": "visitor-id", "token": "[hidden]"}}


@pytest.mark.parametrize(("persist", "same"), [(None, True), (True, True), (False, False)])
def test_the_visitor_is_remembered_unless_persist_is_false(start, persist, same):
    session = {} if persist is None else {"session": {"persist": persist}}
    preview = start(session, visitor=None)
    preview.page.reload()
    preview.wait_for("event", "ready", 2)
    first, second = (detail["visitorId"] for _, _, detail in preview.entries("event"))
    assert re.fullmatch("[0-9a-f]{24} [0-9a-f]{24}", f"{first} {second}")
    assert (first == second) is same
    assert preview.js("localStorage.getItem('chaport-preview-visitor')") == (
        json.dumps(first) if same else None
    )


# ---- Page views over several pages ---------------------------------------------------------------


def test_a_walk_over_pages_leaves_one_log_to_read(start):
    preview = start(body='<a href="second.html">Second</a>')
    preview.page.evaluate("localStorage.clear()")
    second = start(path="second.html", until=None)
    second.wait_for("event", "ready", 2)
    assert second.entries("view") == [
        ("view", "automatic", home(preview)),
        ("view", "automatic", {"url": f"{second.base}/second.html", "title": "Home"}),
    ]
    second.panel.locator(".tab").click()
    second.panel.get_by_role("button", name="Clear").click()
    assert second.entries() == []
    expect(second.panel.get_by_text("Nothing yet.")).to_be_visible()


@pytest.mark.parametrize("when", ["start", "ready"])
def test_first_view_takes_the_page_as_it_was_at_start_or_at_ready(start, when):
    preview = start(
        {"init": {"event": "go", "delayAfterEvent": 0, "maxDelay": 60000}},
        settings={"firstView": when},
        until=("note", "page"),
    )
    preview.js("history.pushState({}, '', 'next.html')")
    preview.js("document.title = 'Next'")
    preview.js("dispatchEvent(new Event('go'))")
    preview.wait_for("event", "ready")
    following = {"url": f"{preview.base}/next.html", "title": "Next"}
    assert preview.entries("view") == [
        ("view", "automatic", home(preview) if when == "start" else following)
    ]


# ---- Undocumented use is reported ----------------------------------------------------------------

NEEDS_LIST = (
    "q('{}', …): the second argument must be the list of arguments, not {}; the call is left out"
)


A_RULE = (
    "must be a list of objects with a single key, each with true, false,"
    " [parameterKey, matcher, matchValue] or a function"
)
UNDOCUMENTED = [
    ("chaport.q('fly')", 'q: "fly" is not in the documentation'),
    ("chaport.q()", "a queued command must name a method, not null"),
    ("chaport.q(5, [])", "a queued command must name a method, not 5"),
    ("chaport._q.push(window.nothing)", "a queued command must name a method, not null"),
    ("chaport.q('openIn', '_blank')", NEEDS_LIST.format("openIn", '"_blank"')),
    ("chaport.q('setVisitorData', {})", NEEDS_LIST.format("setVisitorData", "{}")),
    ("chaport.on('nap', () => {})", 'on: the event "nap" is not in the documentation'),
    ("chaport.q('on', ['nap'])", 'on: the event "nap" is not in the documentation'),
    ("chaport.on('ready')", "on: the listener of ready must be a function, not null"),
    ("chaport.open(1)", "open takes no arguments, not 1"),
    ("chaport.getTriggerById('a', 'b')", "getTriggerById takes 1 argument, not 2"),
    (
        "chaport.getTriggerById(5)",
        "getTriggerById: argument 1 must be text, not 5; the call is left out",
    ),
    (
        "chaport.isOnline()",
        "isOnline: argument 1 must be a function, not null; the call is left out",
    ),
    (
        "chaport.disableTriggers('one')",
        'disableTriggers: argument 1 must be a list of ids, not "one"; the call is left out',
    ),
    (
        "chaport.updatePosition(['top'])",
        'updatePosition: argument 1 must be a list like ["right", 20, 20], not ["top"];'
        " the call is left out",
    ),
    (
        "chaport.updatePosition(['left', '5px'])",
        'updatePosition: argument 1 must be a list like ["right", 20, 20], not ["left","5px"];'
        " the call is left out",
    ),
    (
        "chaport.newPageView({href: '/'})",
        'newPageView: argument 1 must be an object with url and title, not {"href":"/"};'
        " the call is left out",
    ),
    (
        "chaport.startSession({id: 'a'})",
        'startSession: argument 1 must be an object with id and token, not {"id":"a"};'
        " the call is left out",
    ),
    (
        "chaport.setActiveTrigger('Hi')",
        "setActiveTrigger: argument 1 must be an object with a message, and an id if it has"
        ' one, not "Hi"; the call is left out',
    ),
    ("chaport.openIn({selector: '#none'})", 'openIn: no element matches "#none"'),
    ("chaport.openIn({selector: '((('})", 'openIn: no element matches "((("'),
    (
        "chaport.openIn(5)",
        'openIn: argument 1 must be a window name such as "_blank", or an object with a'
        " selector, not 5; the call is left out",
    ),
    (
        "chaport.setAssignmentRules({rules: 'none'})",
        f'setAssignmentRules.rules {A_RULE}, not "none"; left out',
    ),
    (
        "chaport.setVisitorData({age: 5})",
        "setVisitorData.age is not in the documentation; left out",
    ),
    (
        "chaport.setAssignmentRules({rules: [{a: ['page_url', 'like', 'x']}]})",
        f'setAssignmentRules.rules {A_RULE}, not [{{"a":["page_url","like","x"]}}]; left out',
    ),
    (
        "chaport.setAssignmentRules({rules: [{a: ['age', '=', 5]}]})",
        f'setAssignmentRules.rules {A_RULE}, not [{{"a":["age","=",5]}}]; left out',
    ),
    (
        "chaport.setAssignmentRules({rules: [{a: 'yes'}]})",
        f'setAssignmentRules.rules {A_RULE}, not [{{"a":"yes"}}]; left out',
    ),
    (
        "chaport.setAssignmentRules({resolve: () => 5})",
        "assignments.resolve must answer an id, a list of ids, null or undefined, not 5",
    ),
    (
        "chaport.setAssignmentRules({resolve: () => ''})",
        'assignments.resolve answered "", which names nobody; null is the documented way to say so',
    ),
    (
        "chaport.setAssignmentRules({resolve: () => []})",
        "assignments.resolve answered [], which names nobody; null is the documented way to say so",
    ),
    (
        "chaport.setAssignmentRules({resolve: () => { throw new Error('oops'); }})",
        "assignments: a function failed: Error: oops",
    ),
]


def test_undocumented_use_is_reported_once_and_harms_nothing(start, console):
    preview = start()
    heard = []
    for act, _ in UNDOCUMENTED:
        known = preview.entries()
        preview.js(act)
        heard += [(act, detail) for _, _, detail in preview.since(known, "warning")]
    assert heard == UNDOCUMENTED
    assert console == [f"warning: [chaport preview] {message}" for _, message in UNDOCUMENTED]
    preview.js("chaport.close()")
    preview.launcher.click()
    expect(preview.chat.get_by_role("textbox")).to_be_focused()


def test_a_method_called_before_ready_is_reported(start, console):
    preview = start(
        after="setTimeout(() => { addEventListener('preview-go', () => window.chaport.open()); });",
        options={"init": {"event": "never", "maxDelay": 60000}},
        until=("note", "page"),
    )
    preview.js("dispatchEvent(new Event('preview-go'))")
    preview.wait_for("warning", "before ready")
    message = "open was called before ready; methods are available only after the ready event"
    assert preview.warnings() == [message]


@pytest.mark.parametrize(
    ("options", "messages"),
    [
        ("shape: 1", ["shape is not in the documentation; left out"]),
        ("appearance: null", ["appearance must be an object, not null; left out"]),
        (
            "appearance: {colour: 'red', teamName: 5}",
            [
                "appearance.colour is not in the documentation; left out",
                "appearance.teamName must be text, not 5; left out",
            ],
        ),
        (
            "appearance: {position: 'right'}",
            [
                'appearance.position must be a list like ["right", 20, 20], not "right"; left out',
            ],
        ),
        ("closeButton: 'no'", ['closeButton must be true or false, not "no"; left out']),
        (
            "countries: {include: ['USA']}",
            [
                "countries.include must be a list of 2-letter country codes in capitals,"
                ' not ["USA"]; left out',
            ],
        ),
        (
            "countries: {exclude: ['us']}",
            [
                "countries.exclude must be a list of 2-letter country codes in capitals,"
                ' not ["us"]; left out',
            ],
        ),
        (
            "countries: {include: ['US'], exclude: ['DE']}",
            ["countries.include is ignored because countries.exclude is set"],
        ),
        (
            "devices: {include: ['desktop'], exclude: ['ios']}",
            ["devices.include is ignored because devices.exclude is set"],
        ),
        (
            "devices: {mobile: {launcher: {show: false}}}",
            [
                "devices.mobile stands in an example of the documentation, but is not one of its"
                " options: say devices.configs.mobile; left out",
            ],
        ),
        (
            "devices: {ios: {launcher: {show: false}}}",
            ["devices.ios is not in the documentation (say devices.configs.ios); left out"],
        ),
        (
            "devices: {configs: {mobile: {shape: 1}}}",
            ["devices.configs.mobile.shape is not in the documentation; left out"],
        ),
        (
            "language: {use: 'english'}",
            [
                "language.use must be a 2-letter language code in small letters,"
                ' not "english"; left out',
            ],
        ),
        (
            "language: {use: 'EN'}",
            ['language.use must be a 2-letter language code in small letters, not "EN"; left out'],
        ),
        (
            "triggers: {enabled: [], disabled: []}",
            ["triggers has both enabled and disabled; disabled wins"],
        ),
        (
            "triggers: 'off'",
            [
                "triggers must be false, or an object with enabled or disabled (true, false"
                ' or a list of ids), not "off"; left out',
            ],
        ),
        (
            "triggers: true",
            [
                "triggers must be false, or an object with enabled or disabled (true, false"
                " or a list of ids), not true; left out",
            ],
        ),
        (
            "openIn: {element: '#chat'}",
            [
                'openIn must be a window name such as "_blank", or an object with a selector, not'
                ' {"element":"#chat"}; left out',
            ],
        ),
        (
            "session: {user: {id: 'a'}}",
            ['session.user must be an object with id and token, not {"id":"a"}; left out'],
        ),
        ("operators: [5]", ["operators must be a list of ids, not [5]; left out"]),
        ("history: 0, visitor: []", [
            "history must be true or false, not 0; left out",
            "visitor must be an object, not []; left out",
        ]),
    ],
)  # fmt: skip
def test_a_mistaken_option_is_reported_left_out_and_the_rest_goes_on(
    start, console, options, messages
):
    preview = start(options)
    assert preview.warnings() == messages
    assert console == [f"warning: [chaport preview] {message}" for message in messages]
    preview.launcher.click()
    assert preview.state() == "expanded"


NO_START = "appId is missing or invalid: the widget does not start"


@pytest.mark.parametrize(
    ("config", "messages"),
    [
        ("null", ["chaportConfig must be an object, not null; left out", NO_START]),
        ("[]", ["chaportConfig must be an object, not []; left out", NO_START]),
        ("{}", [NO_START]),
        (
            "{appId: '<yourAppId>'}",
            ['appId must be 24 hexadecimal digits, not "<yourAppId>"; left out', NO_START],
        ),
        ("{get appId() { throw new Error('no') }}", [
            "chaportConfig could not be read: Error: no", NO_START,
        ]),
    ],
)  # fmt: skip
def test_without_a_valid_app_id_it_reports_and_starts_nothing(start, console, config, messages):
    preview = start(config=config, until=None)
    preview.wait_for("warning", "config", len(messages))
    assert preview.warnings() == messages
    assert console == [f"warning: [chaport preview] {message}" for message in messages]
    assert preview.js("Object.keys(chaport).sort()") == ["_l", "_q", "on", "q"]
    expect(preview.panel.locator(".count")).to_have_text(str(len(messages)))


# ---- How it feels --------------------------------------------------------------------------------


def test_a_message_of_the_visitor_gets_a_labelled_reply(start):
    preview = start()
    preview.launcher.click()
    log = preview.chat.get_by_role("log", name="Conversation")
    preview.say("Hello\nthere")
    expect(log.locator(".visitor .bubble")).to_have_text("Hello\nthere", use_inner_text=True)
    expect(log.locator(".operator .label")).to_have_text("Preview reply")
    assert preview.messages() == ["Hello! How can we help?", "Hello\nthere", REPLY]
    expect(preview.chat.get_by_role("textbox")).to_have_value("")
    assert preview.entries("event", "note") == [
        *first_entries(preview)[:1],
        *first_entries(preview)[2:],
        EXPANDED,
        ("event", "chat.started", {"visitorId": VISITOR}),
        ("note", "assigned", {"to": "any operator", "by": "account"}),
    ]


def test_a_message_of_an_operator_waits_beside_the_closed_chat(start):
    preview = start()
    preview.press("message")
    assert preview.state() == "unreadMessage"
    popup = preview.page.locator(".chaport-popup")
    expect(popup.locator(".chaport-popup-text")).to_have_text("Hello from the preview operator.")
    expect(preview.launcher).to_have_accessible_name("Open chat: New message")
    preview.page.locator(".chaport-popup-close").click()
    assert preview.state() == "collapsed"
    expect(popup).to_be_hidden()
    preview.press("message")
    preview.page.locator(".chaport-popup-open").click()
    assert preview.state() == "expanded"
    preview.press("message")
    assert preview.entries("event") == [
        *(("event", "ready", {"visitorId": VISITOR}), UNREAD, COLLAPSED, UNREAD, EXPANDED)
    ]
    expect(preview.chat.locator(".message")).to_have_count(4)


def test_the_keyboard_opens_writes_and_closes_and_focus_comes_back(start):
    preview = start()
    preview.launcher.focus()
    expect(preview.launcher).to_have_attribute("aria-expanded", "false")
    preview.page.keyboard.press("Enter")
    expect(preview.launcher).to_have_attribute("aria-expanded", "true")
    expect(preview.launcher).to_have_accessible_name("Close chat")
    expect(preview.chat.get_by_role("textbox", name="Write a message…")).to_be_focused()
    preview.page.keyboard.type("Hi")
    preview.page.keyboard.press("Enter")
    expect(preview.chat.locator(".visitor .bubble")).to_have_text("Hi")
    preview.page.keyboard.press("Escape")
    assert preview.state() == "collapsed"
    expect(preview.launcher).to_be_focused()
    assert preview.js("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize(("option", "added"), [(None, 1), (True, 1), (False, 0)])
def test_on_mobile_back_closes_the_chat_unless_history_is_false(
    own_page, start, page, option, added
):
    options = {} if option is None else {"history": option}
    preview = start(options, settings={"device": "android"})
    length = preview.js("history.length")
    preview.js("chaport.open()")
    assert preview.js("history.length") == length + added
    if added:
        page.go_back()
        page.wait_for_function("chaport.getWidgetState() === 'collapsed'")
        assert page.url == f"{preview.base}/index.html"


def test_closing_the_chat_on_mobile_takes_its_history_entry_away(own_page, start, page):
    preview = start(settings={"device": "ios"})
    preview.js("history.replaceState({mine: 1}, '')")
    preview.js("chaport.open()")
    assert preview.js("history.state") == {"mine": 1, "chaportPreview": True}
    preview.js("chaport.close()")
    page.wait_for_function("!history.state.chaportPreview")
    assert preview.js("history.state") == {"mine": 1}


def test_on_the_desktop_the_history_is_left_alone(own_page, start):
    preview = start()
    length = preview.js("history.length")
    preview.js("chaport.open()")
    assert preview.js("history.length") == length


@pytest.mark.parametrize("width", [375, 1280])
def test_the_window_fills_a_narrow_screen_and_stands_beside_a_wide_page(start, page, width):
    page.set_viewport_size({"width": width, "height": 760})
    page.emulate_media(reduced_motion="reduce")
    preview = start()
    preview.launcher.click()
    box = page.locator(".chaport-window").bounding_box()
    beside = {"x": 1280 - 20 - 384, "y": 760 - 20 - 76 - 640, "width": 384, "height": 640}
    whole = {"x": 0, "y": 0, "width": 375, "height": 760}
    assert box == (whole if width == 375 else beside)


def test_a_closed_chat_lies_over_nothing_of_the_page(start):
    preview = start()
    expect(preview.launcher).to_be_visible()
    covered = "document.elementsFromPoint(1080, 400).map((element) => element.className)"
    assert preview.js(covered) == [""] * len(preview.js(covered))
    preview.js("chaport.open()")
    assert preview.js(covered)[0] == "chaport-inner-iframe"


def test_the_composer_grows_with_its_text_and_shrinks_after_sending(start):
    preview = start()
    preview.launcher.click()
    composer = preview.chat.get_by_role("textbox")
    composer.fill("one\ntwo\nthree")
    expect(composer).to_have_css("height", "88px")
    composer.fill("\n".join(["many", "lines"] * 9))
    expect(composer).to_have_css("height", "120px")
    composer.press("Enter")
    expect(composer).to_have_css("height", "44px")


HOSTILE = """<style>
* { box-sizing: content-box; letter-spacing: 3px; }
div { margin: 10px !important; padding: 9px !important; border: 2px solid red !important; }
button { all: unset !important; color: red !important; }
span { font-size: 40px !important; }
svg { width: 200px !important; fill: red !important; }
iframe { max-width: 50px !important; border: 5px solid !important; }
aside { display: none !important; }
</style>"""
LOOK = """() => ['.chaport-launcher-button', '.chaport-launcher-button svg', '.chaport-window',
  '.chaport-inner-iframe', '.chaport-dot', '.chaport-preview-panel'].map((selector) => {
  const element = document.querySelector(selector);
  const { x, y, width, height } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return [selector, x, y, width, height, style.color, style.backgroundImage, style.borderWidth];
})"""


def test_a_hostile_stylesheet_changes_nothing_about_the_widget(start, page):
    page.emulate_media(reduced_motion="reduce")
    looks = []
    for head in ("", HOSTILE):
        preview = start(head=head, until=None)
        expect(preview.launcher).to_be_visible()
        preview.launcher.click()
        expect(preview.chat.get_by_role("textbox")).to_be_focused()
        looks.append(page.evaluate(LOOK))
    assert looks[0] == looks[1]


def test_the_widgets_rules_touch_nothing_of_the_page(start):
    body = '<h1>Home</h1><p>Text <button>Go</button> <a href="#x">link</a></p><ul><li>one</ul>'
    measure = """[...document.querySelectorAll('h1, p, button:not([class]), a, ul, li')].map((e) =>
      [e.tagName, JSON.stringify(e.getBoundingClientRect()), getComputedStyle(e).font])"""
    preview = start(
        {"init": {"event": "go", "delayAfterEvent": 0, "maxDelay": 60000}},
        body=body,
        until=("note", "page"),
    )
    before = preview.js(measure)
    preview.js("dispatchEvent(new Event('go'))")
    expect(preview.launcher).to_be_visible()
    assert len(before) == 6
    assert preview.js(measure) == before


def test_the_rules_live_in_one_empty_style_element_in_the_head(start):
    preview = start()
    expect(preview.container).to_have_count(1)
    styles = """[...document.querySelectorAll('style.chaport-style')].map((style) =>
      [style.parentNode.localName, style.textContent, style.sheet.cssRules.length > 30])"""
    assert preview.js(styles) == [["head", "", True]]


def test_motion_stops_for_those_who_asked_and_print_shows_no_chat(start, page):
    preview = start()
    moves = "getComputedStyle(document.querySelector('.chaport-window')).transitionDuration"
    expect(preview.container).to_have_count(1)
    assert preview.js(moves) == "0.2s, 0.26s, 0s"
    page.emulate_media(reduced_motion="reduce")
    assert preview.js(moves) == "0s"
    page.emulate_media(media="print")
    expect(preview.container).to_be_hidden()
    expect(preview.panel.locator(".tab")).to_be_hidden()


POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "script-src 'self'; img-src data:\">"
)


def test_under_a_strict_policy_the_widget_works_and_looks_the_same(page, serve, tmp_path, console):
    write_widget(tmp_path)
    (tmp_path / "stub.js").write_text(stub(as_config({})))
    (tmp_path / "index.html").write_text(
        f"<!doctype html><html lang='en'><head>{POLICY}<title>Home</title>"
        "<link rel='icon' href='data:,'><script src='stub.js'></script></head><body></body></html>"
    )
    preview = Preview(page, serve(tmp_path))
    page.goto(f"{preview.base}/index.html")
    preview.launcher.click()
    preview.say("Hello")
    expect(preview.chat.locator(".label")).to_have_text("Preview reply")
    expect(preview.container).to_have_css("position", "fixed")
    header = preview.chat.locator("header").evaluate("e => getComputedStyle(e).display")
    assert header == "flex"
    # Chromium counts even an empty style element as inline style; the rules then go in elsewhere.
    assert [text[:66] for text in console] == [
        "error: Applying inline style violates the following Content Securi"
    ]


BLOCKED = """for (const area of ['localStorage', 'sessionStorage']) {
  Object.defineProperty(window, area, { get() { throw new DOMException('blocked', 'SecurityError'); } });
}"""  # noqa: E501


def test_blocked_storage_breaks_nothing(own_page, start, page, console):
    page.add_init_script(BLOCKED)
    preview = start()
    preview.panel.locator(".tab").click()
    preview.panel.get_by_role("switch").click()
    preview.panel.get_by_role("button", name="Hide").click()
    preview.launcher.click()
    preview.say("Hello")
    expect(preview.chat.locator(".label")).to_have_count(1)
    assert console == []


@pytest.mark.parametrize(
    "stored", ['"x"', "null", "{", '{"device": "fridge", "country": 5, "panel": []}']
)
def test_garbage_in_storage_is_as_good_as_nothing(own_page, start, page, console, stored):
    page.add_init_script(
        "for (const key of ['chaport-preview', 'chaport-preview-visitor'])"
        f" localStorage.setItem(key, {json.dumps(stored)});"
        "for (const key of ['chaport-preview-log', 'chaport-preview-chat'])"
        f" sessionStorage.setItem(key, {json.dumps(stored)});"
    )
    preview = start()
    expect(preview.launcher).to_be_visible()
    assert [name for _, name, _ in preview.entries()] == ["page", "automatic", "ready"]
    assert preview.fact("device").text_content() == "desktop"
    assert preview.fact("country").text_content() == "US"
    assert console == []


# ---- Moved and parked ----------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["append", "moveBefore"])
def test_a_parked_container_keeps_its_conversation_and_goes_on(start, way):
    preview = start()
    preview.launcher.click()
    preview.say("Hello")
    expect(preview.chat.locator(".label")).to_have_count(1)
    container = "document.querySelector('.chaport-container')"
    move = f"append({container})" if way == "append" else f"moveBefore({container}, null)"
    preview.js(f"document.documentElement.{move}")
    expect(preview.chat.locator(".bubble")).to_have_text(
        ["Hello! How can we help?", "Hello", REPLY]
    )
    preview.say("Still there?")
    expect(preview.chat.locator(".bubble")).to_have_count(5)
    preview.js("chaport.close()")
    preview.js("chaport.open()")
    expect(preview.page.locator(f"html > {CONTAINER}")).to_have_count(1)


# ---- The panel -----------------------------------------------------------------------------------


def test_the_panel_is_a_small_tab_until_it_is_opened_and_stays_as_left(start):
    preview = start()
    tab, drawer = preview.panel.locator(".tab"), preview.panel.locator(".drawer")
    expect(tab).to_have_text("Chaport preview")
    expect(drawer).to_be_hidden()
    tab.click()
    expect(preview.panel.get_by_role("button", name="Hide")).to_be_focused()
    preview.page.reload()
    expect(drawer).to_be_visible()
    preview.panel.get_by_role("button", name="Hide").click()
    expect(tab).to_be_focused()
    assert preview.js("JSON.parse(localStorage.getItem('chaport-preview'))") == {
        **{"online": True, "country": "US", "device": "auto", "firstView": "ready"},
        "panel": "closed",
    }


@pytest.mark.parametrize(
    ("label", "value", "fact", "shown"),
    [
        ("Device", "android", "device", "android"),
        ("Country", "DE", "country", "DE"),
    ],
)
def test_choosing_a_device_or_country_loads_the_page_anew_with_it(start, label, value, fact, shown):
    preview = start(settings={"panel": "open"})
    preview.panel.get_by_label(label).select_option(value)
    preview.wait_for("event", "ready", 2)
    expect(preview.fact(fact)).to_have_text(shown)
    expect(preview.panel.get_by_label(label)).to_have_value(value)


def test_the_log_keeps_its_newest_five_hundred_entries(start):
    preview = start()
    preview.js("(() => { for (let i = 0; i < 600; i += 1) chaport.getWidgetState(); })()")
    assert preview.entries() == [("call", "getWidgetState", [])] * 500


def test_values_json_cannot_hold_are_logged_in_words(start):
    preview = start()
    preview.js("(() => { window.loop = {a: 1n, f() {}, e: document.body}; loop.me = loop; })()")
    preview.js("chaport.compare(loop, '=', undefined)")
    assert preview.entries("call") == [
        (
            *("call", "compare"),
            [
                {"a": "1", "f": "[function]", "e": "[HTMLBodyElement]", "me": "[circular]"},
                *("=", None),
            ],
        )
    ]
