"""Knows how pages of whole built sites behave in a browser: the demo sites, Material's consent."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

SITES = Path(__file__).parents[2] / "sites"
LAUNCHER, CONTAINER = ".chaport-launcher-button", ".chaport-container"
FRAME, PANEL = "iframe.chaport-inner-iframe", ".chaport-preview-panel"
SHOWN, HIDDEN, OFF = "shown", "hidden", "off"
# What the pages of the demo sites are there to show: the launcher, and the chat's language.
PAGES = {
    "mkdocs": {
        "": SHOWN,
        "settings/": SHOWN,
        "pages/new-tab/": SHOWN,
        "pages/in-the-page/": SHOWN,
        "pages/own-look/": SHOWN,
        "pages/without-chat/": OFF,
        "pages/francais/": SHOWN,
        "reference/what-a-page-contains/": HIDDEN,
        "reference/our-options/": HIDDEN,
        "reference/questions/": SHOWN,
        "legal/terms/": OFF,
        "legal/contact/": SHOWN,
        "legal/press/": SHOWN,
    },
    "material": {
        "": SHOWN,
        "consent/": SHOWN,
        "instant/": SHOWN,
        "pages/new-tab/": SHOWN,
        "pages/in-the-page/": SHOWN,
        "pages/own-look/": SHOWN,
        "pages/without-chat/": OFF,
        "pages/deutsch/": SHOWN,
        "handbook/": HIDDEN,
        "handbook/ordinary/": HIDDEN,
        "handbook/loud/": SHOWN,
        "handbook/silent/": OFF,
        "legal/terms/": OFF,
        "legal/contact/": SHOWN,
        "legal/press/": SHOWN,
        "blog/": SHOWN,
        "blog/2026/11/09/a-post-without-a-launcher/": HIDDEN,
        "blog/category/settings/": SHOWN,
        "tags/": SHOWN,
    },
}
LANGUAGES = {"pages/francais/": "fr", "pages/deutsch/": "de"}
NOT_FOUND = "error: Failed to load resource: the server responded with a status of 404 (Not Found)"
# What is there without any chat: the site's own script; where pages are swapped, the runtime.
GLOBALS_OFF = {"mkdocs": ["chaportConfig"], "material": ["chaportRuntime"]}
FILES_OFF = {"mkdocs": [], "material": ["chaport-runtime"]}
# A walk through the Material demo by clicks, and which of them load a document.
SWAPPED, LOADED = "swapped", "loaded"
WALK = {
    "settings/": SWAPPED,
    "handbook/": SWAPPED,  # hides the launcher
    "instant/": SWAPPED,
    "pages/without-chat/": LOADED,  # to a page that is off
    "handbook/silent/": SWAPPED,
    "legal/contact/": SWAPPED,  # from off to on
    "pages/in-the-page/": LOADED,  # opens in an element
    "handbook/ordinary/": LOADED,  # its element is gone
    "pages/new-tab/": LOADED,  # opens elsewhere
    "limits/": LOADED,
    "pages/deutsch/": LOADED,  # another language
    "languages/": LOADED,
    "pages/own-look/": LOADED,  # a colour, which no command changes
    "blog/": LOADED,  # a team's name
    "tags/": LOADED,
    "consent/": SWAPPED,
    "legal/terms/": LOADED,
}


def build(config_file, output, **environment):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
    subprocess.run([*command, "-f", config_file, "-d", output], check=True, env=quiet)


def write_site(folder, config, pages):
    """Write a site's sources into a folder and build it; the folder with the built pages."""
    (folder / "docs").mkdir()
    for name, text in pages.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    build(folder / "mkdocs.yml", folder / "out" / "site")
    return folder / "out"


@pytest.fixture(scope="session", params=PAGES)
def demo(request, tmp_path_factory):
    """A demo site's name, and a folder that holds it below that name, with its 404 page on top."""
    root = tmp_path_factory.mktemp(request.param)
    build(SITES / request.param / "mkdocs.yml", root / request.param)
    shutil.copy(root / request.param / "404.html", root)
    return request.param, root


@pytest.fixture
def requests(page):
    """The address of every request of the page, in order."""
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    return addresses


class Site:
    """A demo site in a browser."""

    def __init__(self, page, name, base):
        self.page = page
        self.name = name
        self.base = base
        self.address = f"{base}/{name}"
        self.panel = page.locator(PANEL)
        self.launcher = page.locator(LAUNCHER)

    def open(self, path):
        """Open a page; where it has chat, return when the widget is ready."""
        self.page.goto(f"{self.address}/{path}")
        if PAGES[self.name].get(path) != OFF:
            self.wait_until_ready()

    def click(self, path):
        """Follow one of the page's links."""
        click = "address => [...document.links].find(({href}) => href === address).click()"
        self.page.evaluate(click, f"{self.address}/{path}")

    def wait_until_ready(self):
        expect(self.fact("session")).to_have_text("running")

    def fact(self, name):
        return self.panel.locator(f'dd[data-fact="{name}"]')

    def chat_here(self):
        if not self.page.evaluate("'chaport' in window"):
            return OFF
        return SHOWN if self.launcher.is_visible() else HIDDEN

    def logged(self, kind):
        details = self.panel.locator(f'li[data-kind="{kind}"]')
        return details.evaluate_all("all => all.map(line => JSON.parse(line.dataset.detail))")

    def state(self):
        return self.page.evaluate("chaport.getWidgetState()")


@pytest.fixture
def site(page, serve, demo):
    name, root = demo
    return Site(page, name, serve(root))


@pytest.fixture(autouse=True)
def nothing_complains(console):
    """No page of a site has an error or a warning; a test that expects one takes it out."""
    yield
    assert console == []


# ---- The demo sites --------------------------------------------------------------------------


def test_every_page_kind_has_its_chat_and_every_page_view_is_counted_once(site, requests):
    views, found, languages = [], {}, {}
    for path, kind in PAGES[site.name].items():
        site.open(path)
        found[path] = site.chat_here()
        if kind != OFF:
            views.append({"url": site.page.url, "title": site.page.title()})
            languages[path] = site.fact("language").text_content()
            # Going to a place in the page is no page view.
            site.page.evaluate("location.hash = 'here'")
    assert found == PAGES[site.name]
    assert languages == {path: LANGUAGES.get(path, "en") for path in languages}
    site.page.reload()
    site.wait_until_ready()
    views.append({"url": site.page.url, "title": site.page.title()})
    assert site.logged("view") == views
    assert [view["url"] for view in views[:2]] == [
        f"{site.address}/{path}" for path in [*PAGES[site.name]][:2]
    ]
    assert site.logged("warning") == []
    assert [address for address in requests if not address.startswith(f"{site.base}/")] == []


@pytest.mark.parametrize("path", ["pages/without-chat/", "legal/terms/"])
def test_a_page_without_chat_loads_nothing_of_it(site, requests, path):
    site.open(path)
    names = "Object.getOwnPropertyNames(window).filter(name => /chaport/i.test(name))"
    assert site.page.evaluate(names) == GLOBALS_OFF[site.name]
    assert site.page.locator('[class*="chaport"], meta[name="chaport"]').count() == 0
    files = [address.rpartition("/")[2] for address in requests if "chaport" in address]
    assert [file.partition(".")[0] for file in files] == FILES_OFF[site.name]


def test_chat_in_a_new_tab_opens_there_and_only_when_asked(site):
    site.open("pages/new-tab/")
    assert len(site.page.context.pages) == 1
    with site.page.expect_popup() as opened:
        site.launcher.click()
    expect(opened.value.get_by_role("textbox")).to_be_visible()
    assert site.page.locator(CONTAINER).count() == 1
    assert site.state() == "collapsed"


@pytest.mark.parametrize("by", ["the launcher", "the page's own button"])
def test_chat_in_an_element_opens_there_and_only_when_asked(site, by):
    site.open("pages/in-the-page/")
    place = site.page.locator("#chat")
    assert (site.state(), place.inner_html()) == ("collapsed", "")
    own = site.page.get_by_role("button", name="open the chat")
    (site.launcher if by == "the launcher" else own).click()
    expect(place.locator(FRAME)).to_be_visible()
    expect(place.frame_locator(FRAME).get_by_role("textbox")).to_be_visible()
    assert site.state() == "expanded"
    assert site.page.locator(FRAME).count() == 1


def test_a_page_without_a_launcher_opens_its_chat_when_asked(site):
    path = {"mkdocs": "reference/what-a-page-contains/", "material": "handbook/ordinary/"}
    site.open(path[site.name])
    expect(site.launcher).to_be_hidden()
    site.page.locator("[onclick*=chaport]").first.click()
    expect(site.page.frame_locator(FRAME).get_by_role("textbox")).to_be_visible()
    assert site.state() == "expanded"


def test_a_page_with_its_own_look_stands_on_the_other_side_with_its_own_team(site):
    site.open("pages/own-look/")
    expect(site.page.locator(CONTAINER)).to_have_class(
        "chaport-container chaport-left chaport-collapsed chaport-container-positioned"
        " chaport-online"
    )
    site.launcher.click()
    team = {"mkdocs": "Sales", "material": "Print shop"}[site.name]
    expect(site.page.frame_locator(FRAME).get_by_role("heading")).to_have_text(team)


@pytest.mark.parametrize("path", ["missing", "missing/", "a/deep/missing/page/", "pages/no.html"])
def test_a_missing_page_at_any_depth_finds_the_widget(site, requests, console, path):
    site.open(path)
    assert site.chat_here() == SHOWN
    asked = [address for address in requests if "chaport-preview" in address]
    assert [address.rpartition("/")[0] for address in asked] == [site.address]
    assert site.logged("view") == [{"url": site.page.url, "title": site.page.title()}]
    assert console == [NOT_FOUND]
    console.clear()


# ---- Material's instant navigation -----------------------------------------------------------


@pytest.fixture
def swapped_site(page, serve, tmp_path):
    """The Material demo built as serve.py does it: for the address that it is served from."""
    base = serve(tmp_path)
    address = f"{base}/material/"
    build(SITES / "material/mkdocs.yml", tmp_path / "material", DEMO_MATERIAL_URL=address)
    return Site(page, "material", base)


@pytest.fixture
def documents(page):
    """The address of every document that the page loads, in order."""
    addresses = []
    page.on("request", lambda sent: sent.is_navigation_request() and addresses.append(sent.url))
    return addresses


def test_a_walk_by_clicks_counts_every_page_once(swapped_site, documents, tmp_path):
    site, views, languages = swapped_site, [], {}
    found, ways = {}, {}
    site.open("")
    for path in ["", *WALK]:
        if path:
            documents.clear()
            site.click(path)
        title = built_title(tmp_path / "material" / path / "index.html")
        expect(site.page).to_have_title(title)
        if PAGES["material"].get(path) == OFF:
            site.page.wait_for_function("!window.chaport && document.readyState === 'complete'")
        else:
            views.append({"url": f"{site.address}/{path}", "title": title})
            expect(site.panel.locator('li[data-kind="view"]')).to_have_count(len(views))
            site.wait_until_ready()
            languages[path] = site.fact("language").text_content()
        found[path] = site.chat_here()
        ways[path] = LOADED if documents else SWAPPED
        assert documents in ([], [f"{site.address}/{path}"])
    assert ways == {"": LOADED, **WALK}
    assert found == {path: PAGES["material"].get(path, SHOWN) for path in found}
    assert languages == {path: LANGUAGES.get(path, "en") for path in languages}
    site.click("legal/contact/")
    expect(site.fact("session")).to_have_text("running")
    contact = {"url": f"{site.address}/legal/contact/", "title": "Contact - Chaport on Material"}
    assert site.logged("view") == [*views, contact]
    assert site.logged("warning") == []


def built_title(file):
    return html.unescape(re.search("<title>(.*)</title>", file.read_text(encoding="utf-8"))[1])


def test_an_open_chat_goes_along_with_what_is_typed(swapped_site, documents):
    site = swapped_site
    site.open("settings/")
    documents.clear()
    site.launcher.click()
    message = site.page.frame_locator(FRAME).get_by_role("textbox")
    message.fill("Half a sen")
    for path, title in {
        "handbook/": "A folder with settings of its own",
        "instant/": "Instant navigation",
    }.items():
        site.click(path)
        expect(site.page).to_have_title(f"{title} - Chaport on Material")
    site.page.go_back()
    expect(site.launcher).to_be_hidden()
    message.press_sequentially("tence")
    expect(message).to_have_value("Half a sentence")
    expect(site.panel.locator('li[data-kind="view"]')).to_have_count(4)
    addresses = [view["url"].removeprefix(site.address) for view in site.logged("view")]
    assert addresses == ["/settings/", "/handbook/", "/instant/", "/handbook/"]
    assert documents == []


# ---- A search page ---------------------------------------------------------------------------


def test_a_search_page_has_chat_like_any_other(page, serve, tmp_path, requests):
    config = {
        "site_name": "Docs",
        "site_url": "https://example.org/site/",
        "theme": {"name": "readthedocs", "highlightjs": False},
        "plugins": ["search", {"chaport": {"appId": "5f1e" * 6, "widget": "preview"}}],
    }
    base = serve(write_site(tmp_path, config, {"index.md": "# Start\n\nWords to find.\n"}))
    site = Site(page, "site", base)
    page.goto(f"{base}/site/search.html?q=words")
    site.wait_until_ready()
    expect(page.locator("#mkdocs-search-results a").first).to_have_text("Start")
    assert site.chat_here() == SHOWN
    view = {"url": f"{base}/site/search.html?q=words", "title": page.title()}
    assert site.logged("view") == [view]
    assert [address for address in requests if "app.chaport.com" in address] == []


# ---- Material's consent dialog ---------------------------------------------------------------

CONSENT_CONFIG = {
    "site_name": "Docs",
    "site_url": "https://example.org/site/",
    "theme": {"name": "material", "font": False},
    "plugins": ["search", {"chaport": {"appId": "5f1e" * 6, "consent": "material"}}],
    "extra": {
        "consent": {
            "title": "Cookies",
            "description": "Chat needs some.",
            "actions": ["accept", "reject", "manage"],
            "cookies": {"chaport": "Chaport live chat", "other": "Something else"},
        }
    },
}


@pytest.fixture(scope="module")
def consent_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("consent")
    return write_site(folder, CONSENT_CONFIG, {"index.md": "# Start\n", "next.md": "# Next\n"})


class AskedPage:
    """A page of a Material site that asks its reader before it loads the vendor's script."""

    def __init__(self, page, base):
        self.page = page
        self.address = f"{base}/site/"
        self.dialog = page.locator("[data-md-component=consent] form")
        self.requests = []
        page.route("https://app.chaport.com/**", self._answer)

    def _answer(self, route):
        self.requests.append(route.request.url)
        route.fulfill(body="document.widget = 'loaded'", content_type="text/javascript")

    def open(self, path=""):
        self.page.goto(self.address + path)

    def press(self, name):
        """Press a button of the dialog, after which Material loads the page again."""
        with self.page.expect_event("load"):
            self.dialog.get_by_role("button", name=name).click()

    def widget(self):
        return self.page.evaluate("document.widget ?? 'absent'")


@pytest.fixture
def asked(page, serve, consent_site):
    return AskedPage(page, serve(consent_site))


VENDOR = "https://app.chaport.com/javascripts/insert.js"


def test_nothing_is_loaded_before_the_reader_has_answered(asked, requests):
    asked.open()
    expect(asked.dialog).to_be_visible()
    assert asked.widget() == "absent"
    asked.open("next/")
    expect(asked.dialog).to_be_visible()
    assert asked.widget() == "absent"
    assert [address for address in requests if not address.startswith(asked.address)] == []


def test_once_accepted_the_widget_is_loaded_once_on_every_page(asked):
    asked.open()
    asked.press("Accept")
    assert asked.widget() == "loaded"
    assert asked.requests == [VENDOR]
    asked.open("next/")
    assert asked.widget() == "loaded"
    assert asked.requests == [VENDOR, VENDOR]
    expect(asked.dialog).to_be_hidden()


def test_once_rejected_nothing_is_loaded_on_any_page(asked, requests):
    asked.open()
    asked.press("Reject")
    asked.open("next/")
    assert asked.widget() == "absent"
    assert [address for address in requests if not address.startswith(asked.address)] == []


def test_a_reader_who_accepts_all_but_the_chat_gets_all_but_the_chat(asked, requests):
    asked.open()
    asked.dialog.get_by_text("Manage settings").click()
    asked.dialog.get_by_text("Chaport live chat").click()
    asked.press("Accept")
    stored = asked.page.evaluate("localStorage['/site/.__consent']")
    assert json.loads(stored) == {"other": True}
    assert asked.widget() == "absent"
    assert [address for address in requests if not address.startswith(asked.address)] == []


def test_a_reader_may_think_again(asked):
    asked.open()
    asked.press("Reject")
    asked.page.evaluate("location.hash = '__consent'")
    asked.dialog.get_by_text("Manage settings").click()
    asked.dialog.get_by_text("Chaport live chat").click()
    asked.press("Accept")
    assert asked.widget() == "loaded"
    assert asked.requests == [VENDOR]
