"""Knows that pages of a Material site built for offline use, opened from disk, have no chat."""

import pytest
from tests.browser.test_sites import build_site
from tests.far_end.addresses import APP_ID

PAGES = {
    "index.md": "# Home\n\n[Talk to us](chaport:open)\n\n[A](a.md)\n",
    "a.md": "---\nchaport: {launcher: {show: false}}\n---\n# A\n\n[Home](index.md)\n",
    "off.md": "---\nchaport: false\n---\n# Off\n\n[Home](index.md)\n",
}
DIALOG = {"title": "Cookies", "description": "May we?"}
# What Material's search asks for on pages from disk.
MATERIALS_OWN = "https://unpkg.com/iframe-worker/shim"
IS_HERE = "['chaport' in window, 'chaportConfig' in window]"


@pytest.mark.parametrize("consent", ["none", "material", "manual", "click"])
@pytest.mark.parametrize("feature", ["navigation.instant", "navigation.top"])
def test_nothing_is_loaded_and_nothing_thrown(page, console, tmp_path, consent, feature):
    requests = []
    page.on("request", lambda sent: requests.append(sent.url))
    page.route(MATERIALS_OWN, lambda route: route.fulfill(body=""))
    chat = {"appId": APP_ID, "consent": consent, "events": "dom", "fallback": "a.html"}
    config = {
        "site_name": "Docs",
        "site_url": "https://example.org/",
        "theme": {"name": "material", "font": False, "features": [feature]},
        "plugins": ["search", "offline", {"chaport": chat}],
        "extra": {"consent": DIALOG},
    }
    root = build_site(tmp_path, config, PAGES) / "site"
    for name in ("index.html", "off.html", "a.html"):
        page.goto((root / name).as_uri())
        page.evaluate("document.dispatchEvent(new Event('chaport:consent')) && null")
        assert page.evaluate(IS_HERE) == [False, False]
    page.goto((root / "off.html").as_uri())
    page.click("article >> text=Home")
    page.wait_for_url((root / "index.html").as_uri())
    page.click("text=Talk to us")
    page.wait_for_url((root / "a.html").as_uri())
    assert {url for url in requests if not url.startswith(root.as_uri())} == {MATERIALS_OWN}
    assert console == []
