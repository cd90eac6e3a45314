"""Knows how to start a real Chromium, serve it a folder, and hear what it complains about."""

import functools
import http.server
import mimetypes
import shutil
import threading
from pathlib import Path

import pytest

CONTENT_TYPES = {
    "": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "text/xml; charset=utf-8",
}


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


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """A static host as one finds them: right content types, the site's own 404 page."""

    extensions_map = mimetypes.types_map | CONTENT_TYPES

    def log_message(self, *_args):
        pass

    def end_headers(self):
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", CONTENT_TYPES[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class QuietServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, _request, _client_address):
        """A browser that closes a connection early is no news."""


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
        server = QuietServer(
            ("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(folder))
        )
        server.headers = {} if headers is None else headers
        threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


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
