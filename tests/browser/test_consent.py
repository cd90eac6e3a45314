"""Knows what is asked of the vendor, and stored, before a reader agrees, and after a reader has
thought again: in pages of the core, under routers, and in Material's own dialog."""

import json

import pytest
from playwright.sync_api import expect
from tests.browser.routed import go, loaded, reach, viewed, write_site
from tests.browser.test_sites import build_site
from tests.far_end.addresses import APP_ID, WIDGET
from tests.far_end.steps import load_instant, say, settle
from tests.far_end.vendor import abort, fail, hang

pytestmark = pytest.mark.usefixtures("quiet")

# What a consent manager does on every page; `answer` is its dialog.
MANAGER = """<script>
const say = () => document.dispatchEvent(
  new Event(localStorage.agreed === 'yes' ? 'chaport:consent' : 'chaport:revoke'));
const answer = said => { localStorage.agreed = said; say(); };
addEventListener('DOMContentLoaded', say);
</script>"""
LINK = '<a id="link" href="chaport:open">Talk to us</a>'
TALK = {"chaport": None, "text": LINK}
SWAPPED = ["pushState", "turbo"]
# Plain pages are documents of their own, and have no runtime.
every_site = pytest.mark.parametrize("kind", ["plain", *SWAPPED])
where_pages_are_swapped = pytest.mark.parametrize("kind", SWAPPED)


@pytest.fixture
def far(far):
    """A test says itself when a session has ended."""
    far.choose(stop="held")
    return far


@pytest.fixture
def asked(far):
    """The address of every request to the vendor's host, in order."""
    return far.requests


@pytest.fixture
def site(page, tmp_path, far, documents):
    """site(kind, ...) writes a site, opens a page of it and returns when that has loaded."""

    def open_site(kind, pages=(), start="home", consent="manual", **more):
        router = None if kind == "plain" else kind
        options = {"consent": consent, "fallback": "contact.html"}
        pages = {"home": TALK, "a": TALK, "off": False, "contact": None, **dict(pages)}
        more = {"head": MANAGER, **more}
        write_site(tmp_path, router, pages, options=options, **more)
        page.goto(f"{far.base}/{start}.html")
        return page

    return open_site


def answer(page, said):
    page.evaluate("said => answer(said)", said)


def call_back(far):
    """The widget says that the session has stopped; the document that this loads is there."""
    with far.page.expect_event("load"):
        far.call_back()


# ---- A reader who thinks again ------------------------------------------------------------------

STOPPED = ["stopSession", True]


@every_site
def test_revoke_forgets_the_visitor_then_loads_the_document_once(kind, site, far, documents, asked):
    page = site(kind)
    answer(page, "yes")
    far.tells(*loaded("home"))
    far.wait_until_ready()
    for path in (documents, asked):
        path.clear()
    answer(page, "no")
    far.tells(STOPPED)
    settle(page, far.base)
    assert documents == []
    call_back(far)
    settle(page, far.base)
    assert (documents, asked) == (["/home.html"], [])
    # And may agree again.
    answer(page, "yes")
    far.tells(*loaded("home"))
    settle(page, far.base)
    assert (documents, asked) == (["/home.html"], [WIDGET])


def test_revoke_twice_stops_the_session_once(site, far):
    page = site("plain")
    answer(page, "yes")
    far.tells(*loaded("home"))
    far.wait_until_ready()
    answer(page, "no")
    answer(page, "no")
    call_back(far)
    far.tells(STOPPED)


# In ms: far beyond what a page's clock shows while a test is under way.
HOUR = 3_600_000
COUNT_RELOADS = """
document.reloads = 0;
navigation.onnavigate = event => {
  document.reloads += event.navigationType === 'reload';
  // As if the site's host took its time.
  event.preventDefault();
};
null
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_slow_site_is_asked_for_the_document_once(moment, page, site, far):
    """Whether the widget answers before the two seconds are over or after them."""
    page.clock.install(time=0)
    site("plain")
    answer(page, "yes")
    far.tells(*loaded("home"))
    far.wait_until_ready()
    page.evaluate(COUNT_RELOADS)
    page.clock.pause_at(HOUR)
    answer(page, "no")
    for step in ("before", "after"):
        if step == moment:
            far.call_back()
        else:
            page.clock.run_for(5000)
        assert page.evaluate("document.reloads") == 1


@pytest.mark.parametrize("manner", ["never answers", "throws"])
def test_a_widget_that_does_not_answer_is_waited_for_two_seconds(
    manner, page, site, far, documents, asked, console
):
    page.clock.install(time=0)
    site("plain")
    answer(page, "yes")
    far.tells(*loaded("home"))
    far.wait_until_ready()
    for list_ in (documents, asked):
        list_.clear()
    if manner == "throws":
        far.choose(stop="throws")
    page.clock.pause_at(HOUR)
    answer(page, "no")
    page.clock.run_for(1999)
    settle(page, far.base)
    assert documents == []
    with page.expect_event("load"):
        page.clock.run_for(1)
    settle(page, far.base)
    assert (documents, asked) == (["/home.html"], [])
    if manner == "throws":
        assert console.pop() == "pageerror: no"


@pytest.mark.parametrize("state", ["its script runs", "is on its way", "is blocked"])
def test_where_the_widget_is_not_ready_the_document_is_loaded_at_once(
    state, page, site, far, documents, asked, console
):
    if state == "its script runs":
        far.choose(ready="held")
    else:
        far.answer = abort if state == "is blocked" else hang
    site("plain")
    with page.expect_request(WIDGET):
        answer(page, "yes")
    if state == "its script runs":
        far.tells(["script", "/home.html"])
    documents.clear()
    with page.expect_event("load"):
        answer(page, "no")
    settle(page, far.base)
    assert (documents, asked, far.heard) == (["/home.html"], [WIDGET], [])
    if state == "is blocked":
        assert console.pop() == "error: Failed to load resource: net::ERR_FAILED"


@every_site
@pytest.mark.parametrize("start", ["home", "off"])
def test_revoke_without_consent_is_nothing(kind, start, site, far, documents, asked):
    """Consent managers say it on every page where the answer is no, or none has been given."""
    revoke = "document.dispatchEvent(new Event('chaport:revoke'));"
    page = site(kind, start=start, head=f"{MANAGER}<script>{revoke}</script>")
    say(page, "revoke")
    settle(page, far.base)
    assert documents == [f"/{start}.html"]
    reach(page, "a")
    say(page, "revoke")
    settle(page, far.base)
    assert documents == [f"/{start}.html", *(["/a.html"] if kind == "plain" else [])]
    assert asked == []
    answer(page, "yes")
    far.tells(*loaded("a"))
    assert asked == [WIDGET]


@where_pages_are_swapped
def test_revoke_on_a_page_that_was_swapped_in(kind, site, far, documents, asked):
    page = site(kind)
    answer(page, "yes")
    far.tells(*loaded("home"))
    far.wait_until_ready()
    reach(page, "a")
    far.tells(viewed("a"))
    answer(page, "no")
    far.tells(STOPPED)
    call_back(far)
    for name in ("home", "off", "a"):
        reach(page, name)
        settle(page, far.base)
    assert (documents, asked, far.heard) == (["/home.html", "/a.html"], [WIDGET], [])
    answer(page, "yes")
    far.tells(*loaded("a"))


@where_pages_are_swapped
@pytest.mark.parametrize("start", ["home", "off"])
def test_revoke_on_a_page_that_is_off(kind, start, site, far, documents, asked):
    page = site(kind, start=start)
    answer(page, "yes")
    if start == "home":
        far.tells(*loaded("home"))
        far.wait_until_ready()
        with page.expect_event("load"):
            go(page, "off")
    for list_ in (documents, asked):
        list_.clear()
    with page.expect_event("load"):
        answer(page, "no")
    settle(page, far.base)
    reach(page, "a")
    settle(page, far.base)
    assert (documents, asked, far.heard) == (["/off.html"], [], [])
    answer(page, "yes")
    far.tells(*loaded("a"))


@where_pages_are_swapped
def test_consent_on_a_first_page_that_is_off_and_before_the_runtime_came(kind, site, far, asked):
    say_it = "<script>document.dispatchEvent(new Event('chaport:consent'))</script>"
    off = {"chaport": False, "text": say_it}
    page = site(kind, {"off": off}, start="off", head="")
    assert asked == []
    reach(page, "a")
    far.tells(*loaded("a"))
    far.wait_until_ready()
    reach(page, "home")
    far.tells(viewed("home"))
    assert asked == [WIDGET]


# ---- The gate is the loader's own, and stays shut when our files fail ----------------------------


def throw(route):
    route.fulfill(body="throw Error('broken')", content_type="text/javascript")


BROKEN = [abort, fail, throw]
KINDS_OF_CONSENT = ["manual", "material", "click"]


@every_site
@pytest.mark.parametrize("consent", KINDS_OF_CONSENT)
@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_without_our_files_the_vendor_is_not_asked_before_consent(
    kind, consent, broken, page, site, far, asked, console
):
    page.route("**/chaport-*.js", broken)
    site(kind, consent=consent)
    for name in ("a", "off", "home"):
        reach(page, name)
        settle(page, far.base)
    page.click("#link")
    page.wait_for_url("**/contact.html")
    settle(page, far.base)
    assert asked == []
    # The loader hears the announcement by itself.
    page.goto(f"{far.base}/home.html")
    say(page, "consent")
    far.tells(*loaded("home"))
    assert asked == [WIDGET]
    assert {complaint.split(": ")[0] for complaint in console} == (
        {"pageerror"} if broken is throw else {"error"}
    )
    console.clear()


@every_site
def test_revoke_needs_none_of_our_files(kind, page, site, far, documents, asked, console):
    page.route("**/chaport-*.js", abort)
    site(kind)
    answer(page, "yes")
    far.tells(*loaded("home"))
    far.wait_until_ready()
    answer(page, "no")
    far.tells(STOPPED)
    call_back(far)
    settle(page, far.base)
    assert (documents, asked) == (["/home.html"] * 2, [WIDGET])
    console.clear()


# ---- What is stored -----------------------------------------------------------------------------

STORED = """async () => ({
  local: {...localStorage}, session: {...sessionStorage},
  databases: await indexedDB.databases(), caches: await caches.keys(),
})"""
# Where the real widget keeps its visitor nobody knows; here it is everywhere.
STORE = """
document.cookie = 'visitor=v';
localStorage.visitor = sessionStorage.visitor = 'v';
"""


def stored(page):
    return page.evaluate(STORED) | {
        "cookies": {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    }


NOTHING = {"local": {}, "session": {}, "databases": [], "caches": [], "cookies": {}}
VISITOR = {"visitor": "v"}


@pytest.mark.parametrize("kind", ["plain", "pushState"])
@pytest.mark.parametrize("consent", KINDS_OF_CONSENT)
def test_nothing_is_stored_before_consent(kind, consent, page, site, far):
    far.answer = lambda route: route.fulfill(body=STORE, content_type="text/javascript")
    site(kind, consent=consent, head="")
    for name in ("a", "off", "home"):
        reach(page, name)
        settle(page, far.base)
        assert stored(page) == NOTHING
    with page.expect_event("requestfinished", lambda sent: sent.url == WIDGET):
        say(page, "consent")
    page.wait_for_function("sessionStorage.visitor")
    given = {"local": VISITOR, "session": VISITOR, "cookies": VISITOR}
    assert stored(page) == NOTHING | given


# ---- Material's own dialog ----------------------------------------------------------------------

MATERIAL = {
    "site_name": "Docs",
    "site_url": "https://example.org/site/",
    "theme": {"name": "material", "font": False},
    # As Material's documentation suggests it, for readers who think again.
    "copyright": '<a href="#__consent">Change cookie settings</a>',
    "plugins": ["search", {"chaport": {"appId": APP_ID, "consent": "material", "fallback": "a/"}}],
    "extra": {
        "consent": {
            "title": "Cookies",
            "description": "Chat needs some.",
            "actions": ["accept", "reject", "manage"],
            "cookies": {"chaport": "Chaport live chat", "other": "Something else"},
        }
    },
}
MATERIAL_PAGES = {
    "index.md": f"# Start\n\n{LINK}\n",
    "a.md": "# A\n",
    "b.md": "# B\n",
    "off.md": "---\nchaport: false\n---\n# Off\n",
}
TITLES = {"": "Docs", "a/": "A - Docs", "b/": "B - Docs", "off/": "Off - Docs"}


class Material:
    """A Material site whose readers are asked before the vendor's script is loaded."""

    def __init__(self, page, far, *, is_instant):
        self.page = page
        self.far = far
        self.is_instant = is_instant
        self.dialog = page.locator("[data-md-component=consent] form")

    def open(self, path=""):
        """Load a page; where pages are swapped, its links are Material's when this returns."""
        address = f"{self.far.base}/site/{path}"
        if self.is_instant:
            load_instant(self.page, address)
        else:
            self.page.goto(address)

    def click(self, path):
        """Follow a link of the navigation to a page that is there when this returns."""
        self.page.evaluate(
            "address => [...document.querySelectorAll('.md-nav--primary a')]"
            ".find(({href}) => href === address).click()",
            f"{self.far.base}/site/{path}",
        )
        expect(self.page).to_have_title(TITLES[path])
        settle(self.page, self.far.base)

    def tick(self):
        box = self.dialog.get_by_text("Chaport live chat")
        if not box.is_visible():
            self.dialog.get_by_text("Manage settings").click()
        box.click()

    def press(self, name):
        """Press a button of the dialog, after which Material loads the page again."""
        with self.page.expect_event("load"):
            self.dialog.get_by_role("button", name=name).click()
        settle(self.page, self.far.base)

    def answered(self):
        return json.loads(self.page.evaluate("localStorage['/site/.__consent'] ?? 'null'"))

    def ask_again(self):
        """Use the link in the footer; by keyboard, for the widget may lie over it."""
        self.page.get_by_role("link", name="Change cookie settings").press("Enter")
        expect(self.dialog).to_be_visible()

    def loaded(self, path, rest=""):
        """What the widget of a page tells that was loaded as a document."""
        address = f"/site/{path}{rest}"
        return [["script", address], ["first view", address, TITLES[path]]]

    def reached(self, path):
        """What it tells of a page that was reached by a click, once the reader has agreed."""
        if self.is_instant:
            return [["newPageView", {"url": f"/site/{path}", "title": TITLES[path]}]]
        return self.loaded(path)


@pytest.fixture(params=["documents", "instant"])
def material(request, page, far, tmp_path):
    """A site of plain documents, and one with instant navigation."""
    is_instant = request.param == "instant"
    theme = MATERIAL["theme"] | {"features": ["navigation.instant"] if is_instant else []}
    config = MATERIAL | {"site_url": f"{far.base}/site/", "theme": theme}
    (tmp_path / "sources").mkdir()
    out = build_site(tmp_path / "sources", config, MATERIAL_PAGES)
    (out / "site").rename(tmp_path / "site")
    return Material(page, far, is_instant=is_instant)


def test_material_asks_and_until_the_reader_agrees_nothing_is_requested_or_stored(
    material, page, asked
):
    material.open()
    for path in ("a/", "off/", "b/", ""):
        material.click(path)
        expect(material.dialog).to_be_visible()
        # Material notes which site it is, and nothing of the reader.
        assert stored(page) == NOTHING
    assert asked == []


@pytest.mark.parametrize("start", ["", "off/"])
def test_who_ticks_the_entry_and_accepts_has_chat_on_every_page(start, material, far, asked):
    material.open(start)
    material.tick()
    material.press("Accept")
    assert material.answered() == {"chaport": True, "other": True}
    if start == "off/":
        material.click("")
    far.tells(*material.loaded(""))
    assert asked == [WIDGET]
    material.click("a/")
    far.tells(*material.reached("a/"))
    material.click("b/")
    far.tells(*material.reached("b/"))
    expect(material.dialog).to_be_hidden()
    assert len(asked) == (1 if material.is_instant else 3)
    # A reader who comes back is not asked again.
    asked.clear()
    material.open("a/")
    far.tells(*material.loaded("a/"))
    assert asked == [WIDGET]
    expect(material.dialog).to_be_hidden()


@pytest.mark.parametrize("button", ["Accept", "Reject"])
def test_whoever_does_not_tick_the_entry_has_no_chat(button, material, asked):
    material.open()
    material.press(button)
    assert material.answered() == ({"other": True} if button == "Accept" else {})
    for path in ("a/", "off/", "b/"):
        material.click(path)
        expect(material.dialog).to_be_hidden()
    assert asked == []


def test_who_answered_before_there_was_an_entry_is_asked_by_the_link_alone(
    material, page, far, asked
):
    material.open()
    page.evaluate("localStorage['/site/.__consent'] = JSON.stringify({other: true})")
    material.open("a/")
    material.click("b/")
    expect(material.dialog).to_be_hidden()
    assert asked == []
    material.ask_again()
    material.tick()
    material.press("Accept")
    assert material.answered() == {"chaport": True, "other": True}
    # Material empties the hash.
    far.tells(*material.loaded("b/", "#"))
    assert asked == [WIDGET]


def test_who_thinks_again_has_no_chat_from_then_on(material, far, asked):
    material.open()
    material.tick()
    material.press("Accept")
    far.tells(*material.loaded(""))
    material.click("a/")
    far.tells(*material.reached("a/"))
    asked.clear()
    material.ask_again()
    material.tick()
    material.press("Accept")
    assert material.answered() == {"other": True}
    material.click("b/")
    assert (asked, far.heard) == ([], [])


def test_in_materials_pages_a_chat_link_leads_to_the_fallback_without_consent(
    material, page, asked
):
    material.open()
    # The dialog lies over the page until it is answered.
    material.press("Reject")
    page.click("#link")
    page.wait_for_url("**/site/a/")
    settle(page, material.far.base)
    assert asked == []
