"""Knows that chat is right under the instant navigation of Material for MkDocs, in real builds."""

import os
import subprocess
import sys

import pytest
import yaml
from tests.far_end.addresses import APP_ID
from tests.far_end.steps import load_instant, say
from tests.far_end.vendor import FarEnd

pytestmark = pytest.mark.usefixtures("quiet")

PAGES = {
    "index.md": "# Home\n\n[Up](#up) [A](a.md) [Inside](inside.md) [A section](a.md#deep)\n\n"
    "[Nowhere](nowhere.md)\n\n<div style='height:2000px'></div>\n\n## Up\n",
    "a.md": "---\nchaport: {launcher: {show: false}}\n---\n# A\n\n<div style='height:2000px'></div>"
    "\n\n## Deep\n",
    "b.md": "# B\n\nThe word sesame.\n",
    "same.md": "---\ntitle: B\n---\n# The same title\n",
    "off.md": "---\nchaport: false\n---\n# Off\n",
    "inside.md": "---\nchaport: {openIn: {selector: '#here'}}\n---\n# Inside\n\n"
    "<div id=here></div>\n",
    "deep/down/page.md": "# Page\n",
}
TITLES = {"": "Site", "a/": "A - Site", "b/": "B - Site", "same/": "B - Site", "off/": "Off - Site"}
TITLES |= {"inside/": "Inside - Site", "deep/down/page/": "Page - Site"}


@pytest.fixture
def far(page, serve, tmp_path):
    (tmp_path / "out").mkdir()
    return FarEnd(page, serve(tmp_path / "out"))


@pytest.fixture
def site(page, tmp_path, far):
    """site(pages, ...) builds a Material site below /docs/ and opens its first page."""

    def open_site(pages=PAGES, plugins=(), theme=(), chaport=(), start="/docs/"):
        for name, text in pages.items():
            (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "docs" / name).write_text(text, encoding="utf-8")
        # Material's sitemap keeps the port of site_url, and only pages in it are swapped.
        config = {
            "site_name": "Site",
            "site_url": f"{far.base}/docs/",
            "theme": {
                "name": "material",
                "font": False,
                "features": ["navigation.instant", "navigation.instant.prefetch"],
                **dict(theme),
            },
            "plugins": ["search", *plugins, {"chaport": {"appId": APP_ID, **dict(chaport)}}],
            "validation": {"links": {"not_found": "ignore"}},
        }
        (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", "out/docs"]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        subprocess.run(command, cwd=tmp_path, check=True, env=environment)
        (tmp_path / "out" / "404.html").write_bytes(
            (tmp_path / "out" / "docs" / "404.html").read_bytes()
        )
        load_instant(page, f"{far.base}{start}")
        return page

    return open_site


def loaded(path, title=None):
    return [["script", f"/docs/{path}"], ["first view", f"/docs/{path}", title or TITLES[path]]]


def viewed(path, rest=""):
    return ["newPageView", {"url": f"/docs/{path}{rest}", "title": TITLES[path]}]


def go(page, *paths):
    """Click the links to these paths, one at once after the other."""
    page.evaluate(
        """paths => paths.forEach(path => [...document.querySelectorAll('.md-nav--primary a')]
        .find(link => link.pathname === '/docs/' + path && !link.hash).click())""",
        paths,
    )


def test_who_is_reading_is_asked_once_a_document(site, far, page):
    asked = []

    def answer(route):
        asked.append(route.request.method)
        user = {"id": "v", "token": "t"}
        headers = {"Cache-Control": "no-store"}
        route.fulfill(json={"session": {"user": user}}, headers=headers)

    page.route("**/account/chat", answer)
    site(chaport={"identity": "/account/chat"}, start="/docs/off/")
    go(page, "b/")
    started = ["startSession", {"id": "v", "token": "t"}]
    script, first_view = loaded("b/")
    far.tells(script, started, first_view)
    for path in ("same/", "deep/down/page/", "", "a/", "b/"):
        go(page, path)
        page.wait_for_function("title => document.title === title", arg=TITLES[path])
    assert (asked, far.calls().count(started)) == (["GET"], 1)
    say(page, "login")
    page.wait_for_function("performance.getEntriesByName(location.origin + '/account/chat')[1]")
    assert asked == ["GET", "GET"]


def test_settings_however_deep_are_those_of_the_page(site, far):
    """Each page's values win over the first page's, also two mappings deep."""
    own = {
        "a.md": "visitor: {custom: {section: a}}",
        "b.md": "analytics: {google: {id: G-B}}",
        "same.md": "devices: {configs: {desktop: {launcher: {show: false}}}}",
    }
    pages = {
        name: f"---\ntitle: {name[0].upper()}\nchaport: {{{says}}}\n---\nWords.\n"
        for name, says in own.items()
    }
    options = {
        "visitor": {"custom": {"section": "site"}},
        "analytics": {"google": {"id": "G-SITE"}},
        "devices": {"configs": {"desktop": {"launcher": {"show": True}}}},
    }
    page = site({"index.md": "# Home\n", **pages}, chaport=options)
    far.tells(*loaded(""))
    go(page, "a/")
    far.tells(["setVisitorData", "new-1", {"custom": {"section": "a"}}], viewed("a/"))
    for path, title in (("b/", "B - Site"), ("same/", "S - Site"), ("", "Site")):
        go(page, path)
        far.tells(*loaded(path, title))
        wanted = "JSON.parse(document.querySelector('meta[name=chaport]').content)"
        assert far.config() == page.evaluate(wanted)


def test_each_navigation_is_one_page_view(site, far):
    page = site()
    far.tells(*loaded(""))
    go(page, "a/")
    far.tells(["hideLauncher"], viewed("a/"))
    go(page, "b/")
    far.tells(["showLauncher"], viewed("b/"))
    go(page, "same/")
    far.tells(viewed("same/"))
    page.go_back()
    far.tells(viewed("b/"))
    page.go_back()
    far.tells(["hideLauncher"], viewed("a/"))
    page.go_forward()
    far.tells(["showLauncher"], viewed("b/"))
    go(page, "deep/down/page/")
    far.tells(viewed("deep/down/page/"))
    go(page, "")
    far.tells(viewed(""))


def test_a_hash_is_no_page_view_not_even_the_first_of_a_visit(site, far):
    page = site()
    far.tells(*loaded(""))
    with page.expect_response("**/docs/"):
        page.click("article a:text-is('Up')")
    page.evaluate("history.replaceState(null, '', '?q=chat#up')")
    page.click("article >> text=A section")
    far.tells(["hideLauncher"], viewed("a/", "#deep"))
    page.go_back()
    page.wait_for_function("document.title === 'Site'")
    far.tells(["showLauncher"], ["newPageView", {"url": "/docs/?q=chat#up", "title": "Site"}])


def test_the_widget_goes_on_undisturbed(site, far):
    page = site()
    far.tells(*loaded(""))
    far.wait_for_frame()
    for path in ("b/", "deep/down/page/", "same/"):
        go(page, path)
        far.tells(viewed(path))
    page.go_back()
    far.tells(viewed("deep/down/page/"))
    assert far.containers() == [{"parent": "body", "frameLoads": 1, "bottom": "7px"}]


def test_off_on_off(site, far):
    page = site()
    far.tells(*loaded(""))
    go(page, "off/")
    page.wait_for_function("!window.chaport && document.readyState === 'complete'")
    page.evaluate("window.stays = true")
    go(page, "b/")
    far.tells(*loaded("b/"))
    assert page.evaluate("window.stays")
    go(page, "same/")
    far.tells(viewed("same/"))
    go(page, "off/")
    page.wait_for_function("!window.chaport && document.readyState === 'complete'")


def test_chat_in_an_element_is_a_document_load(site, far):
    page = site()
    far.tells(*loaded(""))
    go(page, "inside/")
    far.tells(*loaded("inside/"))
    assert far.config()["openIn"] == {"selector": "#here"}
    go(page, "b/")
    far.tells(*loaded("b/"))


def test_of_two_fast_clicks_the_last_one_counts(site, far):
    page = site()
    far.tells(*loaded(""))
    go(page, "a/", "b/")
    far.tells(viewed("b/"))
    go(page, "")
    far.tells(viewed(""))


@pytest.mark.parametrize("answer", ["no answer", "an error"])
def test_a_page_that_fails_is_no_page_view(answer, site, far, console):
    page = site(theme={"features": ["navigation.instant"]})
    far.tells(*loaded(""))

    def fail(route):
        if answer == "an error":
            route.fulfill(status=500, body="<title>Sorry</title>", content_type="text/html")
        else:
            route.abort()

    page.route("**/b/", fail)
    go(page, "b/")
    page.wait_for_function("!window.chaport")
    page.unroute("**/b/")
    page.goto(f"{far.base}/docs/a/")
    far.tells(*loaded("a/"))
    console.clear()


def test_from_the_404_page_home(site, far, console):
    page = site(start="/docs/some/where/")
    assert console.pop().startswith("error: Failed to load resource: the server responded")
    far.tells(*loaded("some/where/", "Site"))
    page.click(".md-header .md-logo")
    far.tells(viewed(""))


def test_a_search_result_is_one_page_view(site, far):
    page = site()
    far.tells(*loaded(""))
    page.click(".md-search__input", force=True)
    page.keyboard.type("sesame")
    page.click(".md-search-result__link >> nth=0")
    page.wait_for_function("document.title === 'B - Site'")
    far.tells(["newPageView", {"url": page.url.removeprefix(far.base), "title": "B - Site"}])


def test_languages_of_static_i18n(site, far, console):
    languages = [
        {"locale": "en", "name": "English", "default": True, "build": True},
        {"locale": "fr", "name": "Français", "build": True},
    ]
    pages = {
        "index.md": "# Home\n\n<a href='/docs/fr/'>fr</a>\n",
        "index.fr.md": "# Accueil\n\n<a href='/docs/fr/b/'>b</a>\n",
        "b.md": "# B\n",
        "b.fr.md": "# B\n",
    }
    page = site(pages, plugins=[{"i18n": {"docs_structure": "suffix", "languages": languages}}])
    far.tells(*loaded(""))
    page.click("article >> text=fr")
    far.tells(*loaded("fr/", "Accueil - Site"))
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.click("article >> text=b")
    far.tells(["newPageView", {"url": "/docs/fr/b/", "title": "B - Site"}])
    # Material asks for a sitemap of each language, and static-i18n 1.3 writes one for all.
    assert all("404 (Not Found)" in error for error in console)
    console.clear()


def test_material_arriving_late_still_wins(page, site, far, tmp_path):
    site()
    far.heard.clear()
    for path in (tmp_path / "out/docs").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        before, bundle, after = text.rpartition("assets/javascripts/bundle.")
        # Deferred scripts run in order, so this one after the runtime.
        before = (
            before[: before.rindex("<script")] + "<script defer" + before[before.rindex(" src=") :]
        )
        path.write_text(before + bundle + after, encoding="utf-8")
    load_instant(page, f"{far.base}/docs/")
    far.tells(*loaded(""))
    go(page, "a/")
    far.tells(["hideLauncher"], viewed("a/"))
    go(page, "b/")
    far.tells(["showLauncher"], viewed("b/"))


def test_privacy_leaves_the_runtime_alone(site, far):
    page = site(plugins=["privacy"])
    far.tells(*loaded(""))
    go(page, "b/")
    far.tells(viewed("b/"))
    runtimes = page.locator("head script[src*=runtime]")
    assert runtimes.evaluate_all("all => all.map(({src}) => src.split('.').at(-3))") == [
        f"{far.base.split('.')[-1]}/docs/chaport-runtime"
    ]


def test_a_chat_link_works_on_a_page_that_was_swapped_in(site, far):
    talk = "# Talk\n\n[Talk to us](chaport:open) <span data-chaport='openIn' data-chaport-args='[\"_blank\"]'>or</span>\n"  # noqa: E501
    page = site({"index.md": "# Home\n", "talk.md": talk}, chaport={"fallback": "./"})
    far.tells(*loaded(""))
    assert page.evaluate("document.chaportContent") is None
    go(page, "talk/")
    far.tells(["newPageView", {"url": "/docs/talk/", "title": "Talk - Site"}])
    page.wait_for_function("document.chaportContent")
    page.click("text=Talk to us")
    page.click("[role=button] >> text=or")
    far.tells(["open"], ["openIn", "_blank"])
    assert page.url == f"{far.base}/docs/talk/"
    # The elements of a page that was swapped in are described, too.
    assert page.get_attribute("text=Talk to us", "aria-expanded") == "true"
