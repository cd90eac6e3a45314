"""Knows how pages of whole built sites behave in a browser: the demo sites, a search page."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser
from tests.far_end.addresses import APP_ID, VENDOR

pytestmark = pytest.mark.usefixtures("quiet")

SITES = Path(__file__).parents[2] / "sites"
LAUNCHER, CONTAINER = ".chaport-launcher-button", ".chaport-container"
FRAME, PANEL = "iframe.chaport-inner-iframe", ".chaport-preview-panel"
SHOWN, HIDDEN, OFF = "shown", "hidden", "off"
# What the pages of the demo sites are there to show: the launcher, and the chat's language.
PAGES = {
    "mkdocs": {
        "": SHOWN,
        "settings/": SHOWN,
        "pages/chat-links/": SHOWN,
        "pages/events/": SHOWN,
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
        "pages/chat-links/": SHOWN,
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
    "pages/chat-links/": SWAPPED,
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


def build_pelican(output, sites=SITES):
    # Without --quiet: Pelican counts only the warnings that it prints.
    command = [sys.executable, "-m", "pelican", "--settings", sites / "pelican/pelicanconf.py"]
    command += ["--output", output, "--fatal", "warnings"]
    subprocess.run(command, check=True, capture_output=True)


def build_site(folder, config, pages):
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
        if PAGES.get(self.name, {}).get(path) != OFF:
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

    def called(self):
        """The calls of the page's links: by name, with their arguments."""
        lines = self.panel.locator('li[data-kind="call"]')
        calls = lines.evaluate_all(
            "all => all.map(({dataset}) => [dataset.name, JSON.parse(dataset.detail)])"
        )
        # The script of chat links makes these by itself.
        return [call for call in calls if call[0] not in ("on", "getWidgetState")]

    def chat(self):
        """Where a reader writes, once the chat is open."""
        return self.page.frame_locator(FRAME).get_by_role("textbox")

    def state(self):
        return self.page.evaluate("chaport.getWidgetState()")


@pytest.fixture
def site(page, serve, demo):
    name, root = demo
    return Site(page, name, serve(root))


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
    assert files_of_chat(requests) == FILES_OFF[site.name]


def files_of_chat(addresses):
    names = [address.rpartition("/")[2] for address in addresses if "chaport" in address]
    return [name.partition(".")[0] for name in names]


def test_chat_in_a_new_tab_opens_there_and_only_when_asked(site):
    site.open("pages/new-tab/")
    assert len(site.page.context.pages) == 1
    with site.page.expect_popup() as opened:
        site.launcher.click()
    expect(opened.value.get_by_role("textbox")).to_be_visible()
    assert site.page.locator(CONTAINER).count() == 1
    assert site.state() == "collapsed"


@pytest.mark.parametrize("by", ["the launcher", "the page's own link"])
def test_chat_in_an_element_opens_there_and_only_when_asked(site, by):
    site.open("pages/in-the-page/")
    place = site.page.locator("#chat")
    assert (site.state(), place.inner_html()) == ("collapsed", "")
    own = site.page.get_by_role("link", name="open the chat")
    (site.launcher if by == "the launcher" else own).click()
    expect(place.locator(FRAME)).to_be_visible()
    expect(place.frame_locator(FRAME).get_by_role("textbox")).to_be_visible()
    assert site.state() == "expanded"
    assert site.page.locator(FRAME).count() == 1


def test_a_page_without_a_launcher_opens_its_chat_when_asked(site):
    path = {"mkdocs": "reference/what-a-page-contains/", "material": "handbook/ordinary/"}
    site.open(path[site.name])
    expect(site.launcher).to_be_hidden()
    site.page.locator("[data-chaport=open]").first.click()
    expect(site.chat()).to_be_visible()
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


# ---- Chat links ------------------------------------------------------------------------------

# What the links and buttons of a page about them call, in the page's order.
CALLS = {
    "mkdocs": [
        ["open", []],
        ["toggle", []],
        ["openIn", ["_blank"]],
        ["setActiveTrigger", [{"message": "Hello! You have found the links."}]],
        ["hideLauncher", []],
        ["showLauncher", []],
        ["toggle", []],
        ["updatePosition", [["left", 20, 24]]],
        ["updatePosition", [["right", 20, 24]]],
    ],
    "material": [
        ["open", []],
        ["toggle", []],
        ["hideLauncher", []],
        ["showLauncher", []],
        ["openIn", ["_blank"]],
        ["setActiveTrigger", [{"message": "Shall I show you around?"}]],
    ],
    "kinds/chat-links.html": [
        ["open", []],
        ["toggle", []],
        ["openIn", ["_blank"]],
        ["setActiveTrigger", [{"message": "Hello! You have found the links."}]],
        ["toggle", []],
    ],
    "kinds/chat-links-rst.html": [
        ["open", []],
        ["open", []],
        ["open", []],
        ["setActiveTrigger", [{"message": "Good morning!"}]],
    ],
}


def press_all(site):
    """Press each of the page's links and buttons; where they lead without chat, in their order."""
    links = site.page.locator("[data-chaport]")
    for link in links.all():
        # By keyboard: an open chat may cover a link.
        link.press("Enter")
    lead = "({href, dataset}) => new URL(href ?? dataset.chaportFallback, location).href"
    return links.evaluate_all(f"all => all.map({lead})")


def test_each_link_and_button_calls_what_it_says_and_leads_somewhere(site):
    site.open("pages/chat-links/")
    led = press_all(site)
    assert site.called() == CALLS[site.name]
    assert led == [f"{site.address}/legal/contact/#by-mail"] * len(CALLS[site.name])
    assert site.logged("warning") == []
    assert site.page.url == f"{site.address}/pages/chat-links/"


def test_a_link_opens_the_chat_and_says_whether_it_is_open(site):
    site.open("pages/chat-links/")
    link = site.page.get_by_role("link", name="Talk to us")
    expect(link).to_have_attribute("aria-expanded", "false")
    link.click()
    expect(site.chat()).to_be_visible()
    expect(link).to_have_attribute("aria-expanded", "true")
    site.page.get_by_role("link", name="Open or close the chat").press("Enter")
    expect(site.chat()).to_be_hidden()
    expect(link).to_have_attribute("aria-expanded", "false")


def test_a_printed_page_has_its_links_and_no_launcher(site):
    site.open("pages/chat-links/")
    expect(site.launcher).to_be_visible()
    site.page.emulate_media(media="print")
    expect(site.launcher).to_be_hidden()
    expect(site.page.get_by_role("link", name="Talk to us")).to_be_visible()


def test_code_shows_links_as_they_are_written(site):
    source = (SITES / site.name / "docs/pages/chat-links.md").read_text(encoding="utf-8")
    site.open("pages/chat-links/")
    shown = site.page.locator("pre code").all_text_contents()
    assert shown == re.findall(r"^```\w.*?\n(.*?)^```$", source, re.M | re.S)


def test_on_a_page_without_chat_a_link_is_one_to_the_contact_page(site):
    site.open("pages/without-chat/")
    site.page.get_by_role("link", name="contact page").click()
    site.page.wait_for_url(f"{site.address}/legal/contact/#by-mail")
    site.wait_until_ready()


@pytest.mark.parametrize("demo", ["mkdocs"], indirect=True)
def test_the_page_about_events_writes_down_what_it_hears(site):
    site.open("pages/events/")
    heard = site.page.locator("#chat-events li")
    state, root = site.page.locator("#chat-state"), site.page.locator("html")
    visitor = json.dumps({"visitorId": site.fact("visitor").text_content()}, separators=(",", ":"))
    expect(state).to_have_text("collapsed")
    site.page.get_by_role("link", name="Be invited").click()
    expect(state).to_have_text("unreadMessage")
    site.page.get_by_role("link", name="Open or close the chat").click()
    site.chat().fill("Hello")
    site.chat().press("Enter")
    expect(heard).to_have_text(
        [
            f"chaport:ready {visitor}",
            'chaport:widget.stateChange "unreadMessage"',
            'chaport:chat.autoInvitation {"message":"May I help you?"}',
            'chaport:widget.stateChange "expanded"',
            f"chaport:chat.started {visitor}",
        ]
    )
    expect(state).to_have_text("expanded")
    expect(root).to_have_attribute("data-chaport-state", "expanded")


# ---- Click to load ---------------------------------------------------------------------------


def test_a_reader_who_only_reads_asks_for_no_chat(page, serve, tmp_path, requests):
    build(SITES / "click/mkdocs.yml", tmp_path / "click")
    site = Site(page, "click", serve(tmp_path))
    page.goto(f"{site.address}/")
    page.wait_for_load_state("networkidle")
    assert sorted(files_of_chat(requests)) == ["chaport-content", "chaport-print"]
    requests.clear()
    page.get_by_role("link", name="Talk to us").first.click()
    expect(site.chat()).to_be_visible()
    assert files_of_chat(requests) == ["chaport-preview"]
    # The next page asks anew, and has its link in the footer.
    requests.clear()
    page.get_by_role("link", name="Privacy").first.click()
    page.wait_for_url(f"{site.address}/privacy/")
    page.wait_for_load_state("networkidle")
    assert sorted(files_of_chat(requests)) == ["chaport-content", "chaport-print"]
    requests.clear()
    page.locator("footer").get_by_role("link", name="Talk to us").click()
    expect(site.chat()).to_be_visible()
    assert files_of_chat(requests) == ["chaport-preview"]
    assert [address for address in requests if not address.startswith(f"{site.base}/")] == []


# ---- Pelican ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pelican_folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("pelican")
    build_pelican(root / "pelican")
    # The theme names no icon, so browsers ask for this one.
    shutil.copy(SITES / "icon.svg", root / "favicon.ico")
    return root


@pytest.mark.parametrize("path", ["kinds/chat-links.html", "kinds/chat-links-rst.html"])
def test_links_of_markdown_and_rest_call_what_they_say(page, serve, pelican_folder, path):
    site = Site(page, "pelican", serve(pelican_folder))
    site.open(path)
    led = press_all(site)
    assert site.called() == CALLS[path]
    assert led == [f"{site.address}/legal/contact.html#by-mail"] * len(CALLS[path])
    assert site.logged("warning") == []


def test_in_the_feed_chat_links_are_links_to_the_contact_page(pelican_folder):
    feed = ElementTree.parse(pelican_folder / "pelican/feeds/all.atom.xml")
    atom = "{http://www.w3.org/2005/Atom}"
    contact = "/pelican/legal/contact.html#by-mail"
    links, ours = {}, []
    for entry in feed.iter(f"{atom}entry"):
        texts = [entry.findtext(f"{atom}{name}") or "" for name in ("summary", "content")]
        tags = LexborHTMLParser("".join(texts)).css("*")
        found = [tag.text() for tag in tags if tag.attributes.get("href") == contact]
        links |= {entry.findtext(f"{atom}title"): found} if found else {}
        # A code block may well contain the words.
        ours += [tag for tag in tags if re.search("data-chaport|'chaport:", str(tag.attributes))]
    assert links == {
        "Chat links": [
            "open the chat",  # in its summary
            "Talk to us",
            "Open or close the chat",
            "Open it in a new tab",
            "Be greeted",
        ],
        "Chat links in reStructuredText": ["talk to us", "Ask", "ask", "have it greet you"],
        "Chat in a new tab": ["it opens the chat"],
        "Chat in the page": ["open the chat"],
        "A page without chat": ["contact page"],
        "What a page contains": ["a link in the text"],
    }
    assert ours == []


# ---- Material's instant navigation -----------------------------------------------------------


@pytest.fixture
def swapped_site(page, serve, tmp_path):
    """The Material demo built as serve.py does it: for the address that it is served from."""
    base = serve(tmp_path)
    address = f"{base}/material/"
    build(SITES / "material/mkdocs.yml", tmp_path / "material", DEMO_SITE_URL=address)
    return Site(page, "material", base)


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
        assert documents in ([], [f"/{site.name}/{path}"])
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
    message = site.chat()
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


def test_chat_links_open_the_chat_on_a_page_that_was_swapped_in(swapped_site, documents):
    site = swapped_site
    # Its page has no such links, so the script for them comes later.
    site.open("settings/")
    documents.clear()
    site.click("pages/chat-links/")
    site.page.get_by_role("link", name="Talk to us").click()
    expect(site.chat()).to_be_visible()
    site.click("handbook/ordinary/")
    link = site.page.get_by_role("link", name="somebody to ask")
    expect(link).to_have_attribute("aria-expanded", "true")
    site.chat().press("Escape")
    expect(link).to_have_attribute("aria-expanded", "false")
    link.click()
    expect(site.chat()).to_be_visible()
    names = [name for name, _ in site.called()]
    assert names == ["newPageView", "open", "hideLauncher", "newPageView", "open"]
    assert documents == []


# ---- A search page ---------------------------------------------------------------------------


def test_a_search_page_has_chat_like_any_other(page, serve, tmp_path, requests):
    config = {
        "site_name": "Docs",
        "site_url": "https://example.org/site/",
        "theme": {"name": "readthedocs", "highlightjs": False},
        "plugins": ["search", {"chaport": {"appId": APP_ID, "widget": "preview"}}],
    }
    base = serve(build_site(tmp_path, config, {"index.md": "# Start\n\nWords to find.\n"}))
    site = Site(page, "site", base)
    page.goto(f"{base}/site/search.html?q=words")
    site.wait_until_ready()
    expect(page.locator("#mkdocs-search-results a").first).to_have_text("Start")
    assert site.chat_here() == SHOWN
    view = {"url": f"{base}/site/search.html?q=words", "title": page.title()}
    assert site.logged("view") == [view]
    assert [address for address in requests if VENDOR in address] == []
