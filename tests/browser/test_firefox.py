"""Knows that the runtime does the same in Firefox, where Playwright has one on this machine."""

from pathlib import Path

import pytest
from tests.browser.routed import ROUTERS, go, loaded, viewed, write_site
from tests.far_end.vendor import FarEnd


@pytest.fixture(scope="module")
def firefox(playwright):
    if not Path(playwright.firefox.executable_path).exists():
        pytest.skip("Playwright has no Firefox here (playwright install firefox)")
    browser = playwright.firefox.launch()
    yield browser
    browser.close()


@pytest.mark.parametrize("router", ROUTERS)
def test_a_walk(router, firefox, serve, tmp_path):
    page = firefox.new_page()
    far = FarEnd(page, serve(tmp_path))
    hidden = {"launcher": {"show": False}}
    write_site(tmp_path, router, {"home": None, "a": hidden, "off": False, "b": None})
    page.goto(f"{far.base}/home.html")
    far.tells(*loaded("home"))
    go(page, "a")
    far.tells(["hideLauncher"], viewed("a"))
    page.go_back()
    far.tells(["showLauncher"], viewed("home"))
    assert [one["parent"] for one in far.containers()] == ["html"]
    go(page, "off")
    page.wait_for_function("!window.chaport && document.readyState === 'complete'")
    go(page, "b")
    far.tells(*loaded("b"))
    page.close()
