"""Knows what the README's recipes tell the trackers of others, in a real browser."""

import re
import shutil

import pytest
from tests.browser.routed import NPM, ROOT, fetch_packages
from tests.browser.test_content import EVENTS, Site

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = re.search(r"^### Events for your analytics$(.*?)^## ", README, re.M | re.S)[1]
RECIPES = dict(re.findall(r"^\*\*([\w ]+)\*\*[^\n]*:\n\n```js\n(.*?)^```$", SECTION, re.M | re.S))
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


def visit(page):
    page.evaluate("visit => visit.forEach(told => document.emit(...told))", VISIT)


@pytest.fixture
def site(page, tmp_path, serve):
    return Site(page, tmp_path, serve(tmp_path))


def test_the_readme_has_a_recipe_for_each_tracker_and_names_each_event():
    assert sorted(RECIPES) == sorted(TRACKERS)
    assert re.findall(r"^\| `chaport:([\w.]+)`", SECTION, re.M) == EVENTS


@pytest.mark.parametrize("tracker", TRACKERS)
def test_a_recipe_tells_its_tracker_what_the_reader_does(site, tracker, console):
    before, given = TRACKERS[tracker]
    page = site.open(f"<script>{RECIPES[tracker]}</script>", init=before, events="dom")
    site.wait_until_ready()
    visit(page)
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


def test_plausibles_own_tracker_sends_what_it_is_told(site, tmp_path, console):
    fetch_packages()
    shutil.copy(NPM / "@plausible-analytics/tracker/plausible.js", tmp_path)
    sent = []

    def take(route):
        sent.append(route.request.post_data_json)
        route.fulfill(status=202, body="ok")

    site.page.route("**/api/event", take)
    page = site.open(f"{START_PLAUSIBLE}<script>{RECIPES['Plausible']}</script>", events="dom")
    site.wait_until_ready()
    with page.expect_response(lambda _: len(sent) == len(GIVEN["Plausible"])):
        visit(page)
    common = {"u": page.url, "d": "example.org", "r": None, "v": 36}
    assert sent == [
        {"n": "Chat state", "p": {"state": "unreadMessage"}, **common},
        {"n": "Chat state", "p": {"state": "expanded"}, **common},
        {"n": "Chat started", **common},
        {"n": "Chat state", "p": {"state": "collapsed"}, **common},
    ]
    assert console == []
