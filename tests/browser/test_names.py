"""Knows that the documentation's table of the names in a page is what pages show: all, and no more.

Nothing here reads a source: `names.js` notes what the scripts of a page use while a reader visits
pages with every feature.
"""

import re
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from tests.browser.backend import Site, says
from tests.browser.routed import reach
from tests.contract.hosts import command_path
from tests.docs.names import names
from tests.far_end.addresses import APP_ID
from tests.far_end.steps import say, wait_until
from tests.far_end.vendor import EVENTS, FarEnd

NOTE_NAMES = Path(__file__).with_name("names.js").read_text(encoding="utf-8")
LINKS = """
<a id="link" href="chaport:open">Talk</a>
<span data-chaport="setActiveTrigger" data-chaport-args='[{"message": "Hi"}]'>Say</span>
<button data-chaport="toggle">Chat</button>
"""
PAGES = {"home": {"chaport": None, "text": LINKS}, "a": {"chaport": None, "text": LINKS}}
IDENTITY = {"path": "/account/chat", "csrf": {"cookie": "csrf", "header": "X-CSRF"}}
EVERYTHING = {"identity": IDENTITY, "events": "dom", "fallback": "a.html"}
# As far as the scripts for Material ask: it swaps pages, and the reader has agreed.
MATERIAL = """
window.document$ = {subscribe: hear => hear()};
window.__md_get = () => ({chaport: true});
"""
PREVIEWS_OWN = names("the preview's global")


def watch(page):
    """The names that scripts use in this page from now on, by their kind."""
    seen = defaultdict(set)
    page.expose_function("note_name", lambda kind, name: seen[kind].add(name))
    page.add_init_script(NOTE_NAMES)
    return seen


@pytest.fixture(scope="module")
def browse(browser, tmp_path_factory):
    """browse(visit) -> the names that are used in a visit to a site with a backend."""

    def watched(visit):
        site = Site(tmp_path_factory.mktemp("site"))
        site.says = says({"visitor": {"name": "Ada"}})
        with browser.new_context() as context:
            page = context.new_page()
            seen = watch(page)
            visit(page, site, seen)
            page.evaluate("document.noteAll()")
            wait_until(page, lambda: "global" in seen)
        site.close()
        return seen

    return watched


def visit_live(page, site, seen):
    """All that a reader may do, and a site's own script may say, where pages are swapped."""
    far = FarEnd(page, site.base, ready="held")
    site.write(PAGES, router="pushState", consent="manual", **EVERYTHING)
    page.goto(f"{site.base}/home.html")
    say(page, "consent")
    far.wait_for_script()
    page.click("#link", no_wait_after=True)
    page.wait_for_selector("#link[aria-busy=true]")
    far.become_ready()
    wait_until(page, lambda: ["open"] in far.calls())
    for name in EVENTS:
        far.emit(name, {})
    reach(page, "a")
    for name in ("navigate", "login", "logout"):
        say(page, name)
    wait_until(page, lambda: ["stopSession", True] in far.calls())
    page.evaluate("document.noteAll()")
    with page.expect_event("load"):
        say(page, "revoke")
    far.choose(ready="at once")
    site.write(PAGES, router="pushState", consent="click", **EVERYTHING)
    page.goto(f"{site.base}/home.html")
    page.click("#link")
    far.wait_until_ready()
    page.add_init_script(MATERIAL)
    site.write(PAGES, router="pushState", consent="material", **EVERYTHING)
    page.goto(f"{site.base}/home.html")
    far.wait_until_ready()
    wait_until(page, lambda: 'name="theme-color"' in seen["attribute"])


def visit_preview(page, site, _seen):
    """What the preview widget keeps: its settings, its visitor, its log and a chat."""
    site.write(PAGES, widget="preview", identity=None)
    for name in PREVIEWS_OWN:
        page.add_init_script(f"{name} = 'a-made-up-salt'")
    page.goto(f"{site.base}/home.html")
    page.wait_for_function("!!window.chaport?.open")
    page.evaluate("chaport.open()")
    writing = page.frame_locator("iframe.chaport-inner-iframe").get_by_role("textbox")
    writing.fill("Hello")
    writing.press("Enter")


@pytest.fixture(scope="module")
def live(browse):
    return browse(visit_live)


@pytest.fixture(scope="module")
def preview(browse):
    return browse(visit_preview)


def test_every_element_is_in_the_table(live):
    assert live["element"] == names("element", yours=False)


def test_every_attribute_is_in_the_table(live):
    assert live["attribute"] == names("attribute")


def test_every_event_is_in_the_table(live):
    assert live["heard"] == names("event", yours=True)
    assert live["event"] - live["heard"] == names("event", yours=False)


def test_every_global_and_every_mark_is_in_the_table(live):
    assert live["global"] == names("global")
    assert live["property"] == names("property")
    assert live["symbol"] == names("symbol")


def test_every_stored_key_is_in_the_table(live, preview):
    # The rest is the stand-in's.
    kept = {key for key in live["localStorage"] if not key.startswith("widget")}
    ours = {key.removesuffix(APP_ID) for key in kept}
    assert kept == {f"{key}{APP_ID}" for key in ours}
    assert ours | preview["localStorage"] == names("localStorage")
    assert (live["sessionStorage"], preview["sessionStorage"]) == (set(), names("sessionStorage"))
    assert (live["cookie"], preview["cookie"]) == (set(), set())


# ---- What a site's author writes, and no page shows ----


def test_the_preview_takes_its_own_globals_away(preview):
    """It has no other than live pages have; those that it was given are gone."""
    assert preview["global"] == {"window.chaport", "window.chaportConfig"}
    assert {"window.chaportPreviewSalt"} == PREVIEWS_OWN


@pytest.mark.parametrize("element", sorted(names("element", yours=True)))
def test_an_element_of_the_author_says_what_a_page_has(element, tmp_path):
    (name,) = re.findall(r"^meta\[name=(.*)\]$", element)
    (tmp_path / "chaport.yml").write_text(f"appId: {APP_ID}\n", encoding="utf-8")
    (tmp_path / "site").mkdir()
    page = tmp_path / "site" / "index.html"
    said = f"<meta name='{name}' content='{{\"openIn\": \"_blank\"}}'>"
    page.write_text(f"<!doctype html><html lang=en><title>x</title>{said}</html>", encoding="utf-8")
    subprocess.run([command_path("chaport"), "apply", "site"], cwd=tmp_path, check=True)
    assert '"openIn":"_blank"' in page.read_text(encoding="utf-8")
