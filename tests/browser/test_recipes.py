"""Knows what the documented scripts, styles and recipes for trackers do in a real browser."""

import re
import shutil

import pytest
from tests.browser.routed import NPM, fetch_packages
from tests.docs.examples import examples, page_text
from tests.far_end.vendor import EVENTS

ANALYTICS = "how-to/analytics.md"
RECIPES = {example.heading: example.text for example in examples(page=ANALYTICS, language="js")}
# What the widget tells in a visit; `ready` it tells by itself.
VISIT = [
    ["chat.autoInvitation", {"id": "t", "message": "Hi"}],
    ["widget.stateChange", "unreadMessage"],
    ["widget.stateChange", "expanded"],
    ["chat.botSent", {"id": "b", "message": "Beep"}],
    ["chat.started", {"visitorId": "v"}],
    ["chat.onlineChange", False],
    ["widget.stateChange", "collapsed"],
]
# A tracker's part of the page, as its maker documents it, and what the tracker was given.
GTAG = "window.dataLayer = []; window.gtag = function () { dataLayer.push(arguments) };"
TRACKERS = {
    "Google Analytics": (GTAG, "dataLayer.map(given => [...given])"),
    "Google Tag Manager": ("", "dataLayer"),
    "Plausible": ("", "plausible.q.map(given => [...given])"),
    "Matomo": ("", "_paq"),
}
GIVEN = {
    "Google Analytics": [
        ["event", "chat_state", {"chat_state": "unreadMessage"}],
        ["event", "chat_state", {"chat_state": "expanded"}],
        ["event", "chat_started"],
        ["event", "chat_state", {"chat_state": "collapsed"}],
    ],
    "Google Tag Manager": [
        {"event": "chat_state", "chat_state": "unreadMessage"},
        {"event": "chat_state", "chat_state": "expanded"},
        {"event": "chat_started"},
        {"event": "chat_state", "chat_state": "collapsed"},
    ],
    "Plausible": [
        ["Chat state", {"props": {"state": "unreadMessage"}}],
        ["Chat state", {"props": {"state": "expanded"}}],
        ["Chat started"],
        ["Chat state", {"props": {"state": "collapsed"}}],
    ],
    "Matomo": [
        ["trackEvent", "Chat", "state", "unreadMessage"],
        ["trackEvent", "Chat", "state", "expanded"],
        ["trackEvent", "Chat", "started"],
        ["trackEvent", "Chat", "state", "collapsed"],
    ],
}


def visit(far):
    for name, details in VISIT:
        far.emit(name, details)


def test_there_is_a_recipe_for_each_tracker_and_each_event_is_named():
    assert sorted(RECIPES) == sorted(TRACKERS)
    assert re.findall(r"^\| `chaport:([\w.]+)`", page_text(ANALYTICS), re.M) == EVENTS


@pytest.mark.parametrize("tracker", TRACKERS)
def test_a_recipe_tells_its_tracker_what_the_reader_does(one_page, far, tracker, console):
    before, given = TRACKERS[tracker]
    page = one_page(f"<script>{RECIPES[tracker]}</script>", init=before, events="dom")
    far.wait_until_ready()
    visit(far)
    assert page.evaluate(given) == GIVEN[tracker]
    assert console == []


# The tracker of the npm package takes the place of the script that Plausible serves.
START_PLAUSIBLE = """
<script type="module">
import {init} from './plausible.js';
init({
  domain: 'example.org', endpoint: '/api/event', captureOnLocalhost: true,
  autoCapturePageviews: false,
});
</script>
"""


def test_plausibles_own_tracker_sends_what_it_is_told(page, one_page, far, tmp_path, console):
    fetch_packages()
    shutil.copy(NPM / "@plausible-analytics/tracker/plausible.js", tmp_path)
    sent = []

    def take(route):
        sent.append(route.request.post_data_json)
        route.fulfill(status=202, body="ok")

    page.route("**/api/event", take)
    page = one_page(f"{START_PLAUSIBLE}<script>{RECIPES['Plausible']}</script>", events="dom")
    far.wait_until_ready()
    with page.expect_response(lambda _: len(sent) == len(GIVEN["Plausible"])):
        visit(far)
    common = {"u": page.url, "d": "example.org", "r": None, "v": 36}
    assert sent == [
        {"n": "Chat state", "p": {"state": "unreadMessage"}, **common},
        {"n": "Chat state", "p": {"state": "expanded"}, **common},
        {"n": "Chat started", **common},
        {"n": "Chat state", "p": {"state": "collapsed"}, **common},
    ]
    assert console == []


# ---- Other scripts, and styles ---------------------------------------------------------------

OWN_TESTS = {ANALYTICS: "above", "how-to/consent-managers.md": "test_consent_managers.py"}


def in_page(example):
    return example.text if example.language == "html" else f"<script>{example.text}</script>"


@pytest.mark.parametrize(
    "example",
    [one for one in [*examples(kind="js"), *examples(kind="html")] if one.page not in OWN_TESTS],
    ids=lambda one: one.place,
)
def test_a_script_or_piece_of_html_is_right_in_the_preview_widgets_eyes(example, one_page, console):
    # It warns in the console of anything that is not documented.
    page = one_page(f'<div id="chat"></div>{in_page(example)}', widget="preview")
    page.wait_for_function("!!window.chaport?.open")
    for element in page.locator("[data-chaport]").all():
        element.dispatch_event("click")
    assert console == []


@pytest.mark.parametrize("example", examples(kind="css"), ids=lambda one: one.place)
def test_a_style_is_made_of_rules_and_declarations_that_are_known(example, one_page):
    page = one_page(f"<style id=own>{example.text}</style>")
    shown = page.evaluate("document.querySelector('#own').sheet.cssRules[0].cssText")
    spaced = re.sub(r"\s+", " ", shown.replace(";", ""))
    assert spaced.strip() == re.sub(r"\s+", " ", example.text.replace(";", "")).strip()
