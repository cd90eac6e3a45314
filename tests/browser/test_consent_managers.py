"""Knows that the recipes for consent do what is said of them, with the real consent managers."""

import shutil
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect
from tests.browser.routed import NPM, fetch_packages, loaded, write_site
from tests.docs.examples import chaport_entry, examples, the_example
from tests.far_end.addresses import WIDGET
from tests.far_end.steps import settle

pytestmark = pytest.mark.usefixtures("quiet")

RECIPES = {
    example.heading: example.text
    for example in examples(page="how-to/consent-managers.md", language="js")
}


@dataclass
class Manager:
    """A consent manager's files, and the buttons that its readers press."""

    package: str
    script: str
    accept: str
    reject: str
    withdraw: list[str]
    """From its closed dialog on; a call where it brings no button that opens it again."""
    style: str | None = None
    hook: str = "document.hasButtons = true"
    """Says when its buttons can be pressed."""


MANAGERS = {
    "Klaro": Manager(
        "klaro",
        "dist/klaro.js",
        accept="#klaro .cookie-notice .cm-btn-success",
        reject="#klaro .cookie-notice .cn-decline",
        # Without a button that declines, since nothing is declined yet.
        withdraw=["klaro.show()", "#purpose-item-support", "#klaro .cm-btn-accept"],
    ),
    "CookieConsent": Manager(
        "vanilla-cookieconsent",
        "dist/cookieconsent.umd.js",
        accept="#cc-main .cm [data-role=all]",
        reject="#cc-main .cm [data-role=necessary]",
        withdraw=["CookieConsent.showPreferences()", "#cc-main .pm [data-role=necessary]"],
        style="dist/cookieconsent.css",
    ),
    "tarteaucitron": Manager(
        "tarteaucitronjs",
        "tarteaucitron.js",
        accept="#tarteaucitronPersonalize2",
        reject="#tarteaucitronAllDenied2",
        withdraw=["#tarteaucitronManager", "#chaportDenied"],
        hook="tarteaucitron.events.load = () => { document.hasButtons = true }",
    ),
}


class Visit:
    """A site with a consent manager, and what its pages ask of whom."""

    def __init__(self, far, folder, documents):
        self.page = far.page
        self.far = far
        self.folder = folder
        self.documents = documents
        self.asked = []
        self.page.on("request", self._note)

    def _note(self, sent):
        if not sent.url.startswith((self.far.base, "data:", "about:")):
            self.asked.append(sent.url)

    def open(self, scripts, **options):
        pages = {"home": {"chaport": None, "text": scripts}}
        write_site(self.folder, None, pages, options=options)
        self.page.goto(f"{self.far.base}/home.html")

    def settle(self):
        settle(self.page, self.far.base)


@pytest.fixture
def visit(far, tmp_path, documents):
    return Visit(far, tmp_path, documents)


@pytest.fixture(params=MANAGERS)
def manager(request, visit):
    """A manager whose dialog a first reader sees."""
    fetch_packages()
    one = MANAGERS[request.param]
    shutil.copytree(NPM / one.package, visit.folder / "manager")
    style = f'<link rel="stylesheet" href="/manager/{one.style}">' if one.style else ""
    # CookieConsent asks no robots.
    visit.page.add_init_script("Object.defineProperty(navigator, 'webdriver', {get: () => false})")
    recipe = f"<script>{RECIPES[request.param]}</script>"
    script = f'<script src="/manager/{one.script}"></script><script>{one.hook}</script>'
    visit.open(f"{style}{script}{recipe}", consent="manual")
    expect(visit.page.locator(one.accept)).to_be_visible()
    visit.page.wait_for_function("document.hasButtons")
    return one


def reload(visit):
    visit.page.reload()
    visit.settle()


def test_there_is_a_recipe_for_each_manager():
    assert [*RECIPES] == [*MANAGERS, "Global Privacy Control"]


def test_nothing_is_requested_before_an_answer(manager, visit):
    visit.settle()
    reload(visit)
    expect(visit.page.locator(manager.accept)).to_be_visible()
    visit.settle()
    assert (visit.asked, visit.documents) == ([], ["/home.html"] * 2)


def test_who_accepts_has_chat_at_once_and_is_not_asked_again(manager, visit):
    visit.page.click(manager.accept)
    visit.far.tells(*loaded("home"))
    assert (visit.asked, visit.documents) == ([WIDGET], ["/home.html"])
    reload(visit)
    visit.far.tells(*loaded("home"))
    expect(visit.page.locator(manager.accept)).to_be_hidden()
    assert (visit.asked, visit.documents) == ([WIDGET] * 2, ["/home.html"] * 2)


def test_who_withdraws_is_forgotten_and_has_no_chat_from_then_on(manager, visit):
    visit.page.click(manager.accept)
    visit.far.tells(*loaded("home"))
    reload(visit)
    visit.far.tells(*loaded("home"))
    visit.far.wait_until_ready()
    visit.page.wait_for_function("document.hasButtons")
    visit.far.choose(stop="held")
    visit.asked.clear()
    visit.documents.clear()
    for step in manager.withdraw:
        if step.endswith("()"):
            visit.page.evaluate(f"{step}; null")
        else:
            # Not by the mouse: the widget may lie over it.
            visit.page.locator(step).dispatch_event("click")
    visit.far.tells(["stopSession", True])
    assert visit.documents == []
    with visit.page.expect_event("load"):
        visit.far.call_back()
    visit.settle()
    reload(visit)
    expect(visit.page.locator(manager.accept)).to_be_hidden()
    assert (visit.asked, visit.documents, visit.far.heard) == ([], ["/home.html"] * 2, [])


def test_who_rejects_has_no_chat(manager, visit):
    visit.page.click(manager.reject)
    expect(visit.page.locator(manager.accept)).to_be_hidden()
    visit.settle()
    reload(visit)
    expect(visit.page.locator(manager.accept)).to_be_hidden()
    assert (visit.asked, visit.documents) == ([], ["/home.html"] * 2)


@pytest.mark.parametrize(("signal", "has_chat"), [("true", False), ("false", True), (None, True)])
def test_global_privacy_control_means_no_chat(signal, has_chat, visit):
    if signal:
        get = f"{{get: () => {signal}}}"
        visit.page.add_init_script(
            f"Object.defineProperty(navigator, 'globalPrivacyControl', {get})"
        )
    recipe = RECIPES["Global Privacy Control"]
    visit.open(f"<script>{recipe}</script>", consent="manual")
    visit.settle()
    assert visit.asked == ([WIDGET] if has_chat else [])


def test_fewer_cookies_is_told_to_the_widget_as_chaport_documents_it(visit):
    entry = chaport_entry(the_example(heading="Fewer cookies without any question"))
    visit.open("", session=entry["session"])
    visit.far.tells(*loaded("home"))
    assert visit.far.config()["session"] == {"persist": False}
    assert visit.asked == [WIDGET]
