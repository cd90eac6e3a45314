"""Knows what the policy that `chaport csp` prints does in a browser, to whole built sites.

Nothing but that one line is sent as the policy: styles, frames and sockets are free.
"""

import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.test_consent import MATERIAL
from tests.browser.test_sites import (
    FRAME,
    NOT_FOUND,
    OFF,
    PAGES,
    SITES,
    Site,
    build,
    build_pelican,
    build_site,
)
from tests.core.inspection.test_policy import COUNTED
from tests.far_end.addresses import VENDOR, WIDGET
from tests.far_end.steps import load_instant
from tests.far_end.vendor import FarEnd

from chaport_core.inspection.policy import read_page
from chaport_core.page.scripts import loader_hash

SHOWN = "shown"
# Every page of the first two; of Pelican's, one of each kind that its templates make.
KINDS = PAGES | {
    "click": {"": OFF, "privacy/": OFF, "contact/": OFF},
    "pelican": {
        "": SHOWN,
        "archives.html": SHOWN,
        "category/kinds.html": SHOWN,
        "kinds/chat-links.html": SHOWN,
        "kinds/chat-links-rst.html": SHOWN,
        "kinds/in-the-page.html": SHOWN,
        "kinds/without-chat.html": OFF,
        "guide/start-de.html": SHOWN,
        "about.html": SHOWN,
        "legal/terms.html": OFF,
    },
}
TELL_BREACHES = """addEventListener('securitypolicyviolation', event => console.debug(
  `breach: ${event.effectiveDirective} ${event.blockedURI}`), true)"""


@pytest.fixture
def breaches(page):
    """What any page or frame did against its policy, in order; emptied by who expects it."""
    heard = []

    def hear(message):
        if message.text.startswith("breach: "):
            heard.append(message.text.removeprefix("breach: "))

    page.context.add_init_script(TELL_BREACHES)
    page.context.on("console", hear)
    return heard


@pytest.fixture(autouse=True)
def nothing_is_blocked(breaches, console):
    """No page breaks its policy or has an error or a warning."""
    yield
    assert breaches == []
    assert console == []


def print_policy(folder):
    """What the installed command prints for a built site: one line."""
    command = [Path(sysconfig.get_path("scripts"), "chaport"), "csp", folder]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    assert done.stdout.count("\n") == 1
    return done.stdout.removesuffix("\n")


@pytest.fixture
def guarded(page, serve, tmp_path):
    """guarded(name, build) -> a site under the policy that is printed for it.

    `build(folder, base)` builds it into a folder that is served as `base`.
    """

    def start(name, build_into):
        headers = {}
        base = serve(tmp_path / "served", headers)
        folder = tmp_path / "served" / name
        build_into(folder, base)
        # Pelican's theme names no icon, so browsers ask for this one.
        shutil.copy(SITES / "icon.svg", tmp_path / "served" / "favicon.ico")
        shutil.copy(folder / "404.html", tmp_path / "served")
        policy = print_policy(folder)
        assert "unsafe" not in policy
        headers["Content-Security-Policy"] = policy
        return Site(page, name, base)

    return start


def build_demo(name, sites=SITES):
    """How guarded() builds a demo site, as sites/serve.py does."""

    def build_into(folder, base):
        if name == "pelican":
            build_pelican(folder, sites)
        else:
            build(sites / name / "mkdocs.yml", folder, DEMO_SITE_URL=f"{base}/{name}/")

    return build_into


def live_sites(folder):
    """The demo sites' sources with the vendor's widget in place of the preview."""
    ignored = shutil.ignore_patterns("site", "output*", "__pycache__")
    shutil.copytree(SITES, folder, ignore=ignored)
    for file in [*folder.glob("*/mkdocs.yml"), *folder.glob("*/pelicanconf.py")]:
        text = file.read_text(encoding="utf-8")
        live = re.sub(r"""(["']?widget["']?: ["']?)preview\b""", r"\1live", text)
        assert live != text
        file.write_text(live, encoding="utf-8")
    return folder


# ---- The demo sites --------------------------------------------------------------------------


LINKS = {
    "mkdocs": "pages/chat-links/",
    "material": "pages/chat-links/",
    "click": "",
    "pelican": "kinds/chat-links.html",
}


@pytest.mark.parametrize("name", KINDS)
def test_every_page_kind_keeps_to_the_printed_policy_and_has_its_chat(guarded, name, console):
    site = guarded(name, build_demo(name))
    found = {}
    for path, kind in KINDS[name].items():
        site.page.goto(f"{site.address}/{path}")
        if kind != OFF:
            site.wait_until_ready()
        found[path] = site.chat_here()
    # A page of the site that waits for a click has the stub already.
    expected = dict.fromkeys(KINDS[name], "hidden") if name == "click" else KINDS[name]
    assert found == expected
    site.page.goto(f"{site.address}/missing/page/")
    assert console == [NOT_FOUND]
    console.clear()
    site.page.goto(f"{site.address}/{LINKS[name]}")
    site.page.get_by_role("link", name="Talk to us").first.click()
    site.chat().fill("Hello")
    site.chat().press("Enter")
    label = site.page.frame_locator(FRAME).locator(".label")
    expect(label).to_have_text("Preview reply")


def test_pages_that_are_swapped_in_keep_to_the_printed_policy(guarded, page, documents):
    site = guarded("material", build_demo("material"))
    page.goto(f"{site.address}/settings/")
    site.wait_until_ready()
    documents.clear()
    # The script of chat links comes with the page that has some.
    site.click("pages/chat-links/")
    page.get_by_role("link", name="Talk to us").click()
    expect(site.chat()).to_be_visible()
    site.chat().press("Escape")
    site.click("handbook/")
    expect(site.launcher).to_be_hidden()
    assert documents == []
    # From a page without chat to one with it: the loader is evaluated anew.
    load_instant(page, f"{site.address}/handbook/silent/")
    documents.clear()
    site.click("legal/contact/")
    site.wait_until_ready()
    assert documents == []


# ---- The vendor's widget ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mkdocs", "material", "pelican"])
def test_a_live_site_loads_the_vendors_script_under_the_printed_policy(
    guarded, page, tmp_path, name
):
    site = guarded(name, build_demo(name, live_sites(tmp_path / "sites")))
    far = FarEnd(page, site.base)
    for path in KINDS[name]:
        page.goto(f"{site.address}/{path}")
        assert far.is_ready() is (KINDS[name][path] != OFF)
    on = [path for path, kind in KINDS[name].items() if kind != OFF]
    assert far.requests == [WIDGET] * len(on)
    policy = print_policy(tmp_path / "served" / name).split(" ")
    assert f"'{loader_hash()}'" in policy
    assert [source for source in policy if "http" in source] == [VENDOR]


def test_materials_consent_dialog_lets_chat_in_under_the_printed_policy(page, serve, tmp_path):
    site = build_site(tmp_path, MATERIAL, {"index.md": "# Start\n", "a.md": "# Next\n"})
    policy = print_policy(site / "site")
    far = FarEnd(page, serve(site, {"Content-Security-Policy": policy}))
    address = f"{far.base}/site/"
    page.goto(address)
    assert not far.is_ready()
    dialog = page.locator("[data-md-component=consent] form")
    dialog.get_by_text("Manage settings").click()
    dialog.get_by_text("Chaport live chat").click()
    with page.expect_event("load"):
        dialog.get_by_role("button", name="Accept").click()
    assert far.is_ready()
    page.goto(f"{address}a/")
    assert far.is_ready()


# ---- What the browser says -------------------------------------------------------------------


def test_without_the_loaders_hash_there_is_no_chat_and_we_would_hear_of_it(
    page, serve, tmp_path, breaches, console
):
    build(live_sites(tmp_path / "sites") / "mkdocs/mkdocs.yml", tmp_path / "out" / "site")
    policy = print_policy(tmp_path / "out" / "site").replace(f"'{loader_hash()}' ", "")
    base = serve(tmp_path / "out", {"Content-Security-Policy": policy})
    page.goto(f"{base}/site/")
    assert page.evaluate("'chaport' in window") is False
    assert breaches == ["script-src-elem inline"]
    (complaint,) = console
    assert loader_hash() in complaint
    breaches.clear()
    console.clear()


def test_the_browser_asks_for_the_hashes_that_we_find(page, serve, tmp_path, breaches, console):
    """Where no script is admitted, Chromium names the hash of each that it did not run."""
    base = serve(tmp_path, {"Content-Security-Policy": "script-src 'none'"})
    head = "<!doctype html><meta charset=utf-8><link rel=icon href=data:,>"
    wanted = {}
    for number, text in enumerate(COUNTED):
        (tmp_path / f"{number}.html").write_bytes((head + text).encode())
        console.clear()
        page.goto(f"{base}/{number}.html")
        wanted[text] = set(re.findall(r"'sha256-\S+?'", "".join(console)))
    assert wanted == {text: read_page(text).sources for text in COUNTED}
    breaches.clear()
    console.clear()
