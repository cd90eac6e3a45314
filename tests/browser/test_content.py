"""Knows what chat links and events do in a real browser, whatever becomes of the vendor's host."""

import json
import re

import pytest
from tests.browser.routed import ROUTERS, go, loaded, viewed, write_site
from tests.far_end.addresses import HOSTED, WIDGET
from tests.far_end.steps import say, wait_until
from tests.far_end.vendor import EVENTS, abort, fail, hang

LINK = '<a id="link" href="chaport:open">Talk to us</a>'


def test_a_link_calls_and_the_page_stays(one_page, far, console):
    page = one_page(LINK)
    far.wait_until_ready()
    page.click("#link")
    assert (far.calls(), page.url) == ([["open"]], f"{far.base}/index.html")
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
def test_arguments_arrive_as_they_were_written(one_page, far, link, call):
    page = one_page(f'<p id="here"><a id="link" href="chaport:{link}">x</a>')
    far.wait_until_ready()
    page.click("#link")
    assert far.calls() == [call]


@pytest.mark.parametrize("key", ["Enter", " "])
@pytest.mark.parametrize("tag", ["button", "span"])
def test_any_element_calls_by_keyboard_too(one_page, far, tag, key):
    page = one_page(f'<{tag} id="link" data-chaport="toggle">x</{tag}>')
    far.wait_until_ready()
    page.focus("#link")
    page.keyboard.press(key)
    assert far.calls() == [["toggle"]]


def test_enter_on_a_link_calls(one_page, far):
    page = one_page(LINK)
    far.wait_until_ready()
    page.focus("#link")
    page.keyboard.press("Enter")
    assert far.calls() == [["open"]]


def test_a_machine_is_told_what_stands_open(one_page):
    page = one_page(LINK + '<span id="other" data-chaport="close">x</span>')
    page.wait_for_selector("html[data-chaport-state=collapsed]")
    assert page.get_attribute("#link", "aria-expanded") == "false"
    page.click("#link")
    page.wait_for_selector("html[data-chaport-state=expanded]")
    assert page.get_attribute("#link", "aria-expanded") == "true"
    assert page.get_by_role("button", name="x").get_attribute("aria-expanded") is None
    page.click("#other")
    assert page.get_attribute("#link", "aria-expanded") == "false"


@pytest.mark.parametrize("modifier", ["Control", "Shift", "Alt"])
def test_a_click_with_a_key_held_is_the_browsers(one_page, far, modifier):
    page = one_page(LINK, init="addEventListener('click', e => e.preventDefault())")
    far.wait_until_ready()
    page.click("#link", modifiers=[modifier])
    assert far.calls() == []


def test_a_middle_click_is_the_browsers(one_page, far, context):
    page = one_page(LINK, fallback="contact.html")
    far.wait_until_ready()
    with context.expect_page():
        page.click("#link", button="middle")
    assert far.calls() == []


def garbage(route):
    route.fulfill(body="<html>captive portal", content_type="text/javascript")


def empty(route):
    route.fulfill(body="", content_type="text/javascript")


BROKEN = [abort, fail, hang, garbage, empty]


@pytest.mark.parametrize("answer", BROKEN, ids=lambda answer: answer.__name__)
@pytest.mark.parametrize(
    "body", [LINK, '<span id="link" data-chaport="open">Talk to us</span>'], ids=["link", "span"]
)
def test_a_link_takes_the_reader_somewhere_whatever_the_vendor_does(
    one_page, far, answer, body, console
):
    far.answer = answer
    page = one_page(body, fallback="contact.html")
    page.click("#link")
    page.wait_for_url(f"{far.base}/contact.html", timeout=6000)
    # What the browser says about the vendor's answer is not ours to hide.
    assert [one for one in console if not re.search("ERR_FAILED|500|Unexpected token", one)] == []


@pytest.mark.parametrize("answer", [abort, hang], ids=lambda answer: answer.__name__)
def test_behind_consent_by_click_too(one_page, far, answer):
    far.answer = answer
    page = one_page(LINK, consent="click", fallback="mailto:x@example.com")
    assert far.requests == []
    followed = "document.addEventListener('click', e => { document.followed = !e.defaultPrevented; e.preventDefault() })"  # noqa: E501
    page.evaluate(followed)
    page.click("#link")
    page.wait_for_function("document.followed", timeout=6000)
    assert page.get_attribute("#link", "href") == "mailto:x@example.com"
    assert far.requests == [WIDGET]


def test_the_second_click_of_an_impatient_reader_follows(one_page, far):
    far.answer = hang
    page = one_page(LINK, fallback="contact.html")
    page.click("#link", no_wait_after=True)
    page.wait_for_selector("#link[aria-busy=true]")
    page.click("#link", no_wait_after=True)
    page.wait_for_url(f"{far.base}/contact.html", timeout=2000)


def test_a_double_click_and_a_key_held_down_are_one_wish(one_page, far):
    page = one_page(LINK + '<span id="span" data-chaport="toggle">x</span>', consent="click")
    page.dblclick("#link")
    wait_until(page, far.calls)
    page.focus("#span")
    page.keyboard.down("Enter")
    page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    assert (far.calls(), page.url) == ([["open"], ["toggle"]], f"{far.base}/index.html")


ELSEWHERE = {
    "another link": 'document.querySelector("#other").click()',
    "away and back": 'dispatchEvent(new PageTransitionEvent("pagehide", {persisted: true}))',
    "without the element": 'document.querySelector("#link").remove()',
}


@pytest.mark.parametrize("turn", ELSEWHERE)
def test_a_reader_who_turns_to_something_else_is_not_led_away(one_page, far, turn):
    far.answer = hang
    other = '<a id="other" href="#here">x</a>'
    page = one_page(LINK + other, fallback="contact.html")
    page.evaluate("link = document.querySelector('#link'); 0")
    page.evaluate("window.setTimeout = (work, ms) => { document.patience = work }")
    page.click("#link", no_wait_after=True)
    page.wait_for_selector("#link[aria-busy=true]")
    page.evaluate(ELSEWHERE[turn])
    page.wait_for_function("link.ariaBusy === null")
    page.evaluate("document.patience()")
    page.evaluate("new Promise(requestAnimationFrame)")
    assert page.url.partition("#")[0] == f"{far.base}/index.html"


@pytest.mark.parametrize("status", [200, 404])
def test_what_is_only_named_like_the_widget_is_not_taken_for_it(page, one_page, far, status):
    page.route(
        "**/chaport-preview.svg",
        lambda route: route.fulfill(status=status, body="<svg/>", content_type="image/svg+xml"),
    )
    named = '<img src="chaport-preview.svg" alt=""><iframe src="about:blank#app.chaport"></iframe>'
    page = one_page(LINK + named, consent="click")
    page.wait_for_load_state()
    page.click("#link")
    wait_until(page, far.calls)
    assert (far.calls(), far.requests) == ([["open"]], [WIDGET])


@pytest.mark.parametrize(
    "state", ["undefined", "() => { throw new Error('no') }", "() => undefined"]
)
def test_a_widget_that_does_not_tell_its_state_works_all_the_same(one_page, far, console, state):
    far.choose(ready="held")
    page = one_page(LINK)
    far.wait_for_script()
    odd = f"Object.defineProperty(chaport, 'getWidgetState', {{get: () => {state}, set() {{}}}})"
    page.evaluate(odd)
    far.become_ready()
    page.click("#link")
    assert (far.calls(), page.url) == ([["open"]], f"{far.base}/index.html")
    assert page.get_attribute("html", "data-chaport-state") is None
    assert console == []


def test_click_to_load_asks_for_nothing_before_and_opens_then(one_page, far, console):
    page = one_page(LINK, consent="click")
    page.wait_for_load_state()
    assert far.requests == []
    page.click("#link")
    wait_until(page, far.calls)
    assert (far.calls(), far.requests) == ([["open"]], [WIDGET])
    assert (page.get_attribute("#link", "aria-busy"), console) == (None, [])


def test_a_widget_that_is_slow_is_waited_for(one_page, far):
    far.choose(ready="held")
    page = one_page(LINK)
    far.wait_for_script()
    page.click("#link")
    page.wait_for_selector("#link[aria-busy=true]")
    far.become_ready()
    assert (far.calls(), page.get_attribute("#link", "aria-busy")) == ([["open"]], None)


@pytest.mark.parametrize("consent", ["manual", "material"])
def test_without_consent_a_link_is_a_link(one_page, far, consent):
    page = one_page(LINK, consent=consent, fallback="contact.html")
    page.click("#link")
    page.wait_for_url(f"{far.base}/contact.html")
    assert far.requests == []


def test_after_consent_it_calls(one_page, far):
    page = one_page(LINK, consent="manual")
    say(page, "consent")
    far.wait_until_ready()
    page.click("#link")
    assert far.calls() == [["open"]]


def test_without_javascript_a_link_is_a_link(browser, one_page, far):
    one_page(LINK, fallback="contact.html")
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{far.base}/index.html")
        page.click("#link")
        page.wait_for_url(f"{far.base}/contact.html")


def test_a_page_without_calls_has_no_script_for_them(one_page, tmp_path):
    one_page("<p>Words</p>")
    assert [*tmp_path.glob("*.js")] == []


HEAR = f"""
document.heard = [];
for (const name of {json.dumps(EVENTS)}) {{
  document.addEventListener(`chaport:${{name}}`, e => document.heard.push([name, e.detail]));
}}
"""


def test_the_six_events_are_events_of_the_document(one_page, far):
    page = one_page("<p>Words</p>", init=HEAR, events="dom")
    far.wait_until_ready()
    told = [[name, {"i": i}] for i, name in enumerate(EVENTS[1:])]
    for name, details in told:
        far.emit(name, details)
    assert page.evaluate("document.heard") == [["ready", {"visitorId": "new-1"}], *told]


def test_a_link_in_a_drawing_is_one_too(one_page, far):
    """An SVG link has its address in another namespace, and no click() of its own."""
    far.answer = abort
    drawing = '<svg><a id="link" xlink:href="chaport:open"><text y="20">Talk</text></a></svg>'
    page = one_page(drawing, fallback="contact.html")
    page.click("#link text")
    page.wait_for_url(f"{far.base}/contact.html", timeout=6000)


def test_keys_that_scripts_press_on_the_document_are_not_ours(one_page, console):
    page = one_page(LINK)
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: ' '}))")
    assert console == []


def test_the_launcher_is_on_the_screen_and_not_on_paper(one_page):
    launcher = '<div class="chaport-container" style="display: block">Chat</div>'
    page = one_page(LINK + launcher)
    display = "getComputedStyle(document.querySelector('.chaport-container')).display"
    assert page.evaluate(display) == "block"
    page.emulate_media(media="print")
    assert page.evaluate(display) == "none"


# ---- Where pages are swapped --------------------------------------------------------------------

TALK = {"chaport": None, "text": LINK}
PLAIN = {"chaport": None}


@pytest.mark.parametrize("router", ROUTERS)
def test_links_work_on_every_page_that_a_router_brings(page, far, tmp_path, router, console):
    # A fallback on the site: a router must not go there.
    pages = {"a": PLAIN, "b": TALK, "c": TALK}
    write_site(tmp_path, router, pages, options={"fallback": "a.html"})
    page.goto(f"{far.base}/a.html")
    far.wait_until_ready()
    far.tells(*loaded("a"))
    for name in ("b", "c"):
        go(page, name)
        page.wait_for_selector(f"h1 >> text=Page {name}")
        far.tells(viewed(name))
        page.wait_for_function("document.chaportContent")
        page.click("#link")
        far.tells(["open"])
    assert page.url == f"{far.base}/c.html"
    assert console == []


def test_a_late_script_of_links_hears_no_second_ready(page, far, tmp_path):
    """The documentation says nothing of a listener that comes after `ready`."""
    write_site(tmp_path, "turbo", {"a": PLAIN, "b": TALK})
    page.goto(f"{far.base}/a.html")
    far.wait_until_ready()
    page.evaluate("chaport.names = []; chaport.on = name => chaport.names.push(name); 0")
    go(page, "b")
    page.wait_for_function("document.chaportContent && chaport.names.length")
    assert page.evaluate("chaport.names") == EVENTS[1:]
    page.wait_for_selector("html[data-chaport-state=collapsed]")


def test_a_script_that_watches_what_is_told_may_write_itself(one_page):
    page = one_page(
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
