"""Takes the pictures of the preview widget, light and dark, for the README and the documentation.

    make pictures

Builds the Material demo and photographs its handbook in the system's Chromium.
"""

import base64
import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
SIZE = {"width": 1280, "height": 720}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves in silence."""

    def log_message(self, format: str, *args: object) -> None:
        """Requests are no news."""


def main() -> None:
    """Build, serve, photograph."""
    with tempfile.TemporaryDirectory() as folder:
        handler = functools.partial(Handler, directory=folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        address = f"http://127.0.0.1:{server.server_port}/"
        build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", folder]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DEMO_SITE_URL": address}
        subprocess.run(build, cwd=HERE.parent / "material", check=True, env=environment)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport=SIZE, color_scheme=scheme)
                page.goto(f"{address}settings/")
                Path(HERE, f"docs/assets/preview-{scheme}.webp").write_bytes(photograph(page))
        server.shutdown()


def photograph(page: Page) -> bytes:
    """Go to another page and back, open panel and chat, and take a picture of it all."""
    page.locator(".chaport-launcher-button").wait_for()
    for name in ("Instant navigation", "Settings"):
        page.locator(".md-nav--primary").get_by_role("link", name=name, exact=True).click()
        page.wait_for_function("name => document.title.startsWith(name)", arg=name)
    page.locator(".chaport-preview-panel .tab").click()
    page.locator(".chaport-launcher-button").click()
    page.locator("iframe.chaport-inner-iframe").wait_for()
    # The chat slides in.
    page.wait_for_function("!document.getAnimations().some(one => one.playState === 'running')")
    # Playwright itself writes no WebP, which is a third of a PNG.
    taken = page.context.new_cdp_session(page).send(
        "Page.captureScreenshot", {"format": "webp", "quality": 82}
    )
    return base64.b64decode(taken["data"])


if __name__ == "__main__":
    main()
