"""Knows what chat links and events do in a real browser, whatever becomes of the vendor's host."""

import json
import re

import pytest
from tests.browser.routed import ROUTERS, FarEnd, loaded, viewed, write_site

from chaport_core.page.chat import Chat, Page
from chaport_core.page.scripts import content
from chaport_core.settings.site import read_settings

APP_ID = "5f1e2d3c4b5a69788796a5b4"
VENDOR = "https://app.chaport.com/javascripts/insert.js"
HOSTED = f"https://app.chaport.com/widget/show.html?appid={APP_ID}"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Home</title><link rel="icon" href="data:,">
</head><body>{}</body></html>
"""
LINK = '<a id="link" href="chaport:open">Talk to us</a>'
# The vendor's far end: notes calls, is ready when told to, and says what state it is in.
WIDGET = """
document.calls = [];
const {_l: listeners} = chaport;
const emit = (name, ...details) => listeners[name]?.forEach(listener => listener(...details));
let state = 'collapsed';
const enter = next => emit('widget.stateChange', state = next);
const on = (name, listener) => (listeners[name] ||= []).push(listener);
document.emit = emit;
document.makeReady = () => {
  const methods = {
    open: () => enter('expanded'), close: () => enter('collapsed'),
    toggle: () => enter(state === 'expanded' ? 'collapsed' : 'expanded'),
    openIn() {}, setActiveTrigger() {}, getWidgetState: () => state, on,
  };
  for (const [name, method] of Object.entries(methods)) {
    chaport[name] = (...args) => {
      if (name !== 'on' && name !== 'getWidgetState') document.calls.push([name, ...args]);
      return method(...args);
    };
  }
  emit('ready', {visitorId: 'v'});
};
if (!document.isSlow) document.makeReady();
"""


class Site:
    """A page with chat in its content, and the vendor's host, which a test can break."""

    def __init__(self, page, folder, address):
        self.page, self.folder, self.address = page, folder, address
        self.requests = []
        self.answer = lambda route: route.fulfill(body=WIDGET, content_type="text/javascript")
        page.route("https://app.chaport.com/**", self._asked)
        page.route(
            f"{HOSTED}*", lambda route: route.fulfill(body="hosted", content_type="text/html")
        )

    def _asked(self, route):
        self.requests.append(route.request.url)
        self.answer(route)

    def open(self, body, init="", **options):
        settings, problems = read_settings({"appId": APP_ID, **options})
        assert problems == []
        chat = Chat(settings, lambda file: (self.folder / file.name).write_text(file.text, "utf-8"))
        html, problems = chat.add_to(PAGE.format(body), Page("index.html"))
        assert problems == []
        (self.folder / "index.html").write_text(html, "utf-8")
        (self.folder / "contact.html").write_text(PAGE.format("Contact"), "utf-8")
        self.page.add_init_script(init)
        # Not the load event: the vendor may never answer.
        self.page.goto(f"{self.address}/index.html", wait_until="domcontentloaded")
        return self.page

    def calls(self):
        return self.page.evaluate("document.calls")

    def wait_until_ready(self):
        self.page.wait_for_function("!!window.chaport?.open")


@pytest.fixture
def site(page, tmp_path, serve):
    return Site(page, tmp_path, serve(tmp_path))


def test_a_link_calls_and_the_page_stays(site, console):
    page = site.open(LINK)
    site.wait_until_ready()
    page.click("#link")
    assert (site.calls(), page.url) == ([["open"]], f"{site.address}/index.html")
    assert page.get_attribute("#link", "href") == HOSTED
    assert console == []


@pytest.mark.parametrize(
    ("link", "call"),
    [
        ("openIn?target=_blank", ["openIn", "_blank"]),
        ("openIn?selector=%23here", ["openIn", {"selector": "#here"}]),
        (
            "setActiveTrigger?message=It's%20%3Cb%3E%20%22&amp;",
            ["setActiveTrigger", {"message": "It's <b> \""}],
        ),
        ("toggle", ["toggle"]),
    ],
)
def test_arguments_arrive_as_they_were_written(site, link, call):
    page = site.open(f'<p id="here"><a id="link" href="chaport:{link}">x</a>')
    site.wait_until_ready()
    page.click("#link")
    assert site.calls() == [call]


@pytest.mark.parametrize("key", ["Enter", " "])
@pytest.mark.parametrize("tag", ["button", "span"])
def test_any_element_calls_by_keyboard_too(site, tag, key):
    page = site.open(f'<{tag} id="link" data-chaport="toggle">x</{tag}>')
    site.wait_until_ready()
    page.focus("#link")
    page.keyboard.press(key)
    assert site.calls() == [["toggle"]]


def test_enter_on_a_link_calls(site):
    page = site.open(LINK)
    site.wait_until_ready()
    page.focus("#link")
    page.keyboard.press("Enter")
    assert site.calls() == [["open"]]


def test_a_machine_is_told_what_stands_open(site):
    page = site.open(LINK + '<span id="other" data-chaport="close">x</span>')
    page.wait_for_selector("html[data-chaport-state=collapsed]")
    assert page.get_attribute("#link", "aria-expanded") == "false"
    page.click("#link")
    page.wait_for_selector("html[data-chaport-state=expanded]")
    assert page.get_attribute("#link", "aria-expanded") == "true"
    assert page.get_by_role("button", name="x").get_attribute("aria-expanded") is None
    page.click("#other")
    assert page.get_attribute("#link", "aria-expanded") == "false"


@pytest.mark.parametrize("modifier", ["Control", "Shift", "Alt"])
def test_a_click_with_a_key_held_is_the_browsers(site, modifier):
    page = site.open(LINK, init="addEventListener('click', e => e.preventDefault())")
    site.wait_until_ready()
    page.click("#link", modifiers=[modifier])
    assert site.calls() == []


def test_a_middle_click_is_the_browsers(site, context):
    page = site.open(LINK)
    site.wait_until_ready()
    with context.expect_page():
        page.click("#link", button="middle")
    assert site.calls() == []


def abort(route):
    route.abort()


def fail(route):
    route.fulfill(status=500, body="no")


def hang(_route):
    pass


def garbage(route):
    route.fulfill(body="<html>captive portal", content_type="text/javascript")


def empty(route):
    route.fulfill(body="", content_type="text/javascript")


BROKEN = [abort, fail, hang, garbage, empty]


@pytest.mark.parametrize("answer", BROKEN, ids=lambda answer: answer.__name__)
@pytest.mark.parametrize(
    "body", [LINK, '<span id="link" data-chaport="open">Talk to us</span>'], ids=["link", "span"]
)
def test_a_link_takes_the_reader_somewhere_whatever_the_vendor_does(site, answer, body, console):
    site.answer = answer
    page = site.open(body, fallback="contact.html")
    page.click("#link")
    page.wait_for_url(f"{site.address}/contact.html", timeout=6000)
    # What the browser says about the vendor's answer is not ours to hide.
    assert [one for one in console if not re.search("ERR_FAILED|500|Unexpected token", one)] == []


@pytest.mark.parametrize("answer", [abort, hang], ids=lambda answer: answer.__name__)
def test_behind_consent_by_click_too(site, answer):
    site.answer = answer
    page = site.open(LINK, consent="click", fallback="mailto:x@example.com")
    assert site.requests == []
    followed = "document.addEventListener('click', e => { document.followed = !e.defaultPrevented; e.preventDefault() })"  # noqa: E501
    page.evaluate(followed)
    page.click("#link")
    page.wait_for_function("document.followed", timeout=6000)
    assert page.get_attribute("#link", "href") == "mailto:x@example.com"
    assert site.requests == [VENDOR]


def test_the_second_click_of_an_impatient_reader_follows(site):
    site.answer = hang
    page = site.open(LINK, fallback="contact.html")
    page.click("#link", no_wait_after=True)
    page.wait_for_selector("#link[aria-busy=true]")
    page.click("#link", no_wait_after=True)
    page.wait_for_url(f"{site.address}/contact.html", timeout=2000)


def test_a_double_click_and_a_key_held_down_are_one_wish(site):
    page = site.open(LINK + '<span id="span" data-chaport="toggle">x</span>', consent="click")
    page.dblclick("#link")
    page.wait_for_function("document.calls?.length")
    page.focus("#span")
    page.keyboard.down("Enter")
    page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    assert (site.calls(), page.url) == ([["open"], ["toggle"]], f"{site.address}/index.html")


ELSEWHERE = {
    "another link": 'document.querySelector("#other").click()',
    "away and back": 'dispatchEvent(new PageTransitionEvent("pagehide", {persisted: true}))',
    "without the element": 'document.querySelector("#link").remove()',
}


@pytest.mark.parametrize("turn", ELSEWHERE)
def test_a_reader_who_turns_to_something_else_is_not_led_away(site, turn):
    site.answer = hang
    other = '<a id="other" href="#here">x</a>'
    page = site.open(LINK + other, fallback="contact.html", init="document.isSlow = true")
    page.evaluate("link = document.querySelector('#link'); 0")
    page.evaluate("window.setTimeout = (work, ms) => { document.patience = work }")
    page.click("#link", no_wait_after=True)
    page.wait_for_selector("#link[aria-busy=true]")
    page.evaluate(ELSEWHERE[turn])
    page.wait_for_function("link.ariaBusy === null")
    page.evaluate("document.patience()")
    page.evaluate("new Promise(requestAnimationFrame)")
    assert page.url.partition("#")[0] == f"{site.address}/index.html"


@pytest.mark.parametrize("status", [200, 404])
def test_what_is_only_named_like_the_widget_is_not_taken_for_it(site, status):
    site.page.route(
        "**/chaport-preview.svg",
        lambda route: route.fulfill(status=status, body="<svg/>", content_type="image/svg+xml"),
    )
    named = '<img src="chaport-preview.svg" alt=""><iframe src="about:blank#app.chaport"></iframe>'
    page = site.open(LINK + named, consent="click")
    page.wait_for_load_state()
    page.click("#link")
    page.wait_for_function("document.calls?.length")
    assert (site.calls(), site.requests) == ([["open"]], [VENDOR])


@pytest.mark.parametrize(
    "state", ["undefined", "() => { throw new Error('no') }", "() => undefined"]
)
def test_a_widget_that_does_not_tell_its_state_works_all_the_same(site, console, state):
    page = site.open(LINK, init="document.isSlow = true")
    page.wait_for_function("!!document.makeReady")
    odd = f"Object.defineProperty(chaport, 'getWidgetState', {{get: () => {state}, set() {{}}}})"
    page.evaluate(f"{odd}; document.makeReady()")
    page.click("#link")
    assert (site.calls(), page.url) == ([["open"]], f"{site.address}/index.html")
    assert page.get_attribute("html", "data-chaport-state") is None
    assert console == []


def test_click_to_load_asks_for_nothing_before_and_opens_then(site, console):
    page = site.open(LINK, consent="click")
    page.wait_for_load_state()
    assert site.requests == []
    page.click("#link")
    page.wait_for_function("document.calls?.length")
    assert (site.calls(), site.requests) == ([["open"]], [VENDOR])
    assert (page.get_attribute("#link", "aria-busy"), console) == (None, [])


def test_a_widget_that_is_slow_is_waited_for(site):
    page = site.open(LINK, init="document.isSlow = true")
    page.wait_for_function("!!document.makeReady")
    page.click("#link")
    page.wait_for_selector("#link[aria-busy=true]")
    page.evaluate("document.makeReady()")
    assert (site.calls(), page.get_attribute("#link", "aria-busy")) == ([["open"]], None)


@pytest.mark.parametrize("consent", ["manual", "material"])
def test_without_consent_a_link_is_a_link(site, consent):
    page = site.open(LINK, consent=consent, fallback="contact.html")
    page.click("#link")
    page.wait_for_url(f"{site.address}/contact.html")
    assert site.requests == []


def test_after_consent_it_calls(site):
    page = site.open(LINK, consent="manual")
    page.evaluate("document.dispatchEvent(new Event('chaport:consent'))")
    site.wait_until_ready()
    page.click("#link")
    assert site.calls() == [["open"]]


def test_without_javascript_a_link_is_a_link(browser, site):
    site.open(LINK, fallback="contact.html")
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.address}/index.html")
        page.click("#link")
        page.wait_for_url(f"{site.address}/contact.html")


def test_a_page_without_calls_has_no_script_for_them(site):
    site.open("<p>Words</p>")
    assert not (site.folder / content().name).exists()


EVENTS = [
    "ready",
    "chat.autoInvitation",
    "chat.botSent",
    "chat.onlineChange",
    "chat.started",
    "widget.stateChange",
]
HEAR = f"""
document.heard = [];
for (const name of {json.dumps(EVENTS)}) {{
  document.addEventListener(`chaport:${{name}}`, e => document.heard.push([name, e.detail]));
}}
"""


def test_the_six_events_are_events_of_the_document(site):
    page = site.open("<p>Words</p>", init=HEAR, events="dom")
    site.wait_until_ready()
    page.evaluate(f"{json.dumps(EVENTS[1:])}.forEach((name, i) => document.emit(name, {{i}}))")
    told = [[name, {"i": i}] for i, name in enumerate(EVENTS[1:])]
    assert page.evaluate("document.heard") == [["ready", {"visitorId": "v"}], *told]


def test_a_link_in_a_drawing_is_one_too(site):
    """An SVG link has its address in another namespace, and no click() of its own."""
    site.answer = abort
    drawing = '<svg><a id="link" xlink:href="chaport:open"><text y="20">Talk</text></a></svg>'
    page = site.open(drawing, fallback="contact.html")
    page.click("#link text")
    page.wait_for_url(f"{site.address}/contact.html", timeout=6000)


def test_keys_that_scripts_press_on_the_document_are_not_ours(site, console):
    page = site.open(LINK)
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: ' '}))")
    assert console == []


def test_the_launcher_is_on_the_screen_and_not_on_paper(site):
    launcher = '<div class="chaport-container" style="display: block">Chat</div>'
    page = site.open(LINK + launcher)
    display = "getComputedStyle(document.querySelector('.chaport-container')).display"
    assert page.evaluate(display) == "block"
    page.emulate_media(media="print")
    assert page.evaluate(display) == "none"


# ---- Where pages are swapped --------------------------------------------------------------------

TALK = {"chaport": None, "text": LINK}
PLAIN = {"chaport": None}


@pytest.mark.parametrize("router", ROUTERS)
def test_links_work_on_every_page_that_a_router_brings(page, serve, tmp_path, router, console):
    # A fallback on the site: a router must not go there.
    pages = {"a": PLAIN, "b": TALK, "c": TALK}
    write_site(tmp_path, router, pages, options={"fallback": "a.html"})
    far = FarEnd(page, serve(tmp_path))
    page.goto(f"{far.base}/a.html")
    page.wait_for_function("document.isReady")
    far.tells(*loaded("a"))
    for name in ("b", "c"):
        page.click(f"text={name} >> nth=0")
        page.wait_for_selector(f"h1 >> text=Page {name}")
        far.tells(viewed(name))
        page.wait_for_function("document.chaportContent")
        page.click("#link")
        far.tells(["open"])
    assert page.url == f"{far.base}/c.html"
    assert console == []


def test_a_late_script_of_links_hears_no_second_ready(page, serve, tmp_path):
    """The documentation says nothing of a listener that comes after `ready`."""
    write_site(tmp_path, "turbo", {"a": PLAIN, "b": TALK})
    far = FarEnd(page, serve(tmp_path))
    page.goto(f"{far.base}/a.html")
    page.wait_for_function("document.isReady")
    page.evaluate("chaport.names = []; chaport.on = name => chaport.names.push(name); 0")
    page.click("text=b >> nth=0")
    page.wait_for_function("document.chaportContent && chaport.names.length")
    assert page.evaluate("chaport.names") == EVENTS[1:]
    page.wait_for_selector("html[data-chaport-state=collapsed]")


def test_a_script_that_watches_what_is_told_may_write_itself(site):
    page = site.open(
        f"{LINK}<p id=p></p>",
        init="addEventListener('DOMContentLoaded', () => new MutationObserver("
        "changes => { document.turns = (document.turns ?? 0) + changes.length;"
        " p.textContent = document.documentElement.dataset.chaportState })"
        ".observe(document, {subtree: true, attributes: true}))",
    )
    page.wait_for_function("window.p?.textContent === 'collapsed'")
    page.click("#link")
    page.wait_for_function("window.p.textContent === 'expanded'")
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    # Twice the state and the link's aria-expanded.
    assert page.evaluate("document.turns") == 4
