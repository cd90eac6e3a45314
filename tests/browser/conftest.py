"""Knows how to start a real Chromium, serve it a folder, and hear what it complains about."""

import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.far_end.chat_pages import add_chat
from tests.far_end.static_host import StaticHost
from tests.far_end.vendor import FarEnd


def pytest_configure(config):
    # pytest-base-url, which pytest-playwright brings, still writes a fixture in the old way.
    config.addinivalue_line("filterwarnings", "ignore:Session-scoped fixtures defined as instance")


QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium where there is one, else Playwright's own; quiet either way.

    Its headless shell first: it is the same engine and takes half the processor's time.
    """
    names = ("chromium-headless-shell", "chromium", "google-chrome", "chromium-browser")
    found = next(filter(None, map(shutil.which, names)), None)
    own = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, "args": QUIET, **own}


@pytest.fixture
def serve():
    """serve(folder) -> the address of a local server for that folder, no slash at its end.

    `headers`: sent with everything; what is put into them later, too.
    """
    servers = []

    def start(folder: Path, headers: dict[str, str] | None = None) -> str:
        server = StaticHost(folder, headers)
        servers.append(server)
        return server.address

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def console(page):
    """Console errors and warnings and uncaught errors of `page`, as "kind: text", in order."""
    heard = []

    def hear(message):
        if message.type in ("error", "warning"):
            heard.append(f"{message.type}: {message.text}")

    def hear_error(error):
        heard.append(f"pageerror: {error.message}")

    page.on("console", hear)
    page.on("pageerror", hear_error)
    yield heard
    # A page may serve several tests, each with ears of its own.
    page.remove_listener("console", hear)
    page.remove_listener("pageerror", hear_error)


@pytest.fixture
def quiet(console):
    """No page of the test has an error or a warning; who expects one takes it out of the list."""
    yield
    assert console == []


@pytest.fixture
def requests(page):
    """The address of every request of the page, in order."""
    addresses = []
    page.on("request", lambda sent: addresses.append(sent.url))
    return addresses


@pytest.fixture
def documents(page):
    """The path of every document that the page loads, in order."""
    paths = []

    def note(sent):
        if sent.is_navigation_request() and sent.frame == page.main_frame:
            paths.append(urlsplit(sent.url).path)

    page.on("request", note)
    return paths


@pytest.fixture
def far(page, serve, tmp_path):
    """The vendor's far end for a site in `tmp_path`, which is served."""
    return FarEnd(page, serve(tmp_path))


PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Home</title><link rel="icon" href="data:,">
</head><body>{}</body></html>
"""


@pytest.fixture
def one_page(page, far, tmp_path):
    """one_page(body, init, options) opens a page with chat; beside it is `contact.html`, without.

    `init`: a script that runs before all others.
    """

    def open_page(body, init="", **options):
        html = add_chat(PAGE.format(body), options, tmp_path)
        (tmp_path / "index.html").write_text(html, encoding="utf-8")
        (tmp_path / "contact.html").write_text(PAGE.format("Contact"), encoding="utf-8")
        page.add_init_script(init)
        # Not the load event: the vendor may never answer.
        page.goto(f"{far.base}/index.html", wait_until="domcontentloaded")
        return page

    return open_page
