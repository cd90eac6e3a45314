"""The Material demo in a browser: built live and served, with a stand-in of the vendor's script."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright
from sample import ROOT, VENDOR_SCRIPT

PATIENCE = 90_000
"""Milliseconds that a step in the browser may take, on a slow machine too."""

_FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
# On the site itself: by a route of Playwright's each request of a page would pass through this
# process. With the vendor's host in it, by which the runtime knows the script.
_STAND_IN = "app.chaport.com/insert.js"
# A widget that is ready at once. The window hears that it is, and each page view that it reports.
_WIDGET = """
for (const method of ['hideLauncher', 'showLauncher', 'updatePosition']) chaport[method] = () => {};
chaport.newPageView = () => dispatchEvent(new Event('bench:view'));
for (const listener of chaport._l.ready ?? []) listener({});
dispatchEvent(new Event('bench:ready'));
"""
_READY = "bench: ready"
_SAY_READY = f"addEventListener('bench:ready', () => console.debug('{_READY}'));"


class Demo(NamedTuple):
    """A browser, and the site that it finds."""

    browser: Browser
    folder: Path
    """Of the built site."""
    address: str
    """Of the site's root, with a slash at the end."""

    def new_tab(self, script: str = "") -> Page:
        """An empty page in a profile of its own; `script` runs first in each of its documents."""
        tab = self.browser.new_page()
        tab.set_default_timeout(PATIENCE)
        tab.add_init_script(_SAY_READY + script)
        return tab

    def load(self, tab: Page, path: str = "") -> None:
        """Load a page of the demo, and wait until its widget is ready."""
        with tab.expect_console_message(lambda message: message.text == _READY):
            tab.goto(self.address + path)

    def read(self, file: str) -> str:
        """The HTML of a page."""
        return (self.folder / file).read_text(encoding="utf-8")

    def write(self, file: str, html: str) -> None:
        """Write a page, which loads the stand-in where it names the vendor's script."""
        html = html.replace(VENDOR_SCRIPT, f"/{_STAND_IN}")
        (self.folder / file).write_text(html, encoding="utf-8")


@contextmanager
def open_demo() -> Iterator[Demo]:
    """Build and serve the demo, and start Chromium."""
    with tempfile.TemporaryDirectory() as name, served(Path(name)) as base:
        site = build_demo(Path(name), f"{base}/material/")
        found = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=found, args=_FLAGS, timeout=PATIENCE
            )
            demo = Demo(browser, site, f"{base}/material/")
            for page in site.rglob("*.html"):
                file = str(page.relative_to(site))
                demo.write(file, demo.read(file))
            yield demo
            browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port; the address has no slash at its end."""

    class QuietHandler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    class QuietServer(http.server.ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Browsers close connections early."""

    handler = functools.partial(QuietHandler, directory=str(folder))
    with QuietServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def build_demo(folder: Path, address: str) -> Path:
    """Build the demo as its visitors get it, for an address; return the folder of the site."""
    demo, source, site = ROOT / "sites" / "material", folder / "source", folder / "material"
    shutil.copytree(demo / "docs", source / "docs")
    config = (demo / "mkdocs.yml").read_text(encoding="utf-8")
    live = config.replace("widget: preview", "widget: live")
    (source / "mkdocs.yml").write_text(live, encoding="utf-8")
    # Material swaps the pages that the sitemap names.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DEMO_SITE_URL": address}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(site)]
    subprocess.run(command, cwd=source, check=True, env=environment)
    (folder / _STAND_IN).parent.mkdir()
    (folder / _STAND_IN).write_text(_WIDGET, encoding="utf-8")
    return site
