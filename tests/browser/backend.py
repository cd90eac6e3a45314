"""Knows a site with a small backend beside it, whose every answer a test decides."""

import json
import threading

from tests.browser.routed import write_site
from tests.far_end.static_host import Handler, StaticHost

PATH = "/account/chat"


class Backend(Handler):
    """A static host that hands what is asked of PATH to the test."""

    def do_GET(self):
        if self.path.startswith("/account"):
            self.server.site.answer("GET", self, None)
        else:
            super().do_GET()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.site.answer("POST", self, body)


class Site:
    """A site with its backend: `says` answers it, `posted` takes reports, `asked` is what came."""

    def __init__(self, folder):
        self.folder = folder
        self.says = lambda request: reply(request, 204)
        self.posted = lambda request: reply(request, 204)
        self.asked = []
        self.requests = []
        self.over = threading.Event()
        self.server = StaticHost(folder, handler=Backend)
        self.server.site = self
        self.base = self.server.address

    def close(self):
        self.over.set()
        self.server.close()

    def answer(self, method, request, body):
        self.asked.append(f"{method} {request.path}" + (f" {body.decode()}" if body else ""))
        self.requests.append(request.headers)
        (self.says if method == "GET" else self.posted)(request)

    def write(self, pages=("home", "a"), router=None, head="", **options):
        """Write the site's pages; without a router each click loads a document."""
        options = {"identity": PATH, **options}
        pages = dict.fromkeys(pages) if isinstance(pages, tuple) else pages
        write_site(self.folder, router, pages, options=options, head=head)


def reply(request, status, body=b"", **headers):
    """Answer as a backend should, unless `headers` say otherwise (None leaves one out)."""
    headers = {"Cache-Control": "private, no-store", "Content-Type": "application/json", **headers}
    request.send_response(status)
    for name, value in {**headers, "Content-Length": str(len(body))}.items():
        if value is not None:
            request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)


def says(value, **headers):
    """What answers 200 with JSON."""
    return lambda request: reply(request, 200, json.dumps(value).encode(), **headers)
