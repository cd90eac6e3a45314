"""A static host as one finds them, on a free port of this machine: it serves a folder."""

import functools
import http.server
import mimetypes
import threading
from pathlib import Path

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


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answers as static hosts do: right content types, the site's own 404 page."""

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


class StaticHost(http.server.ThreadingHTTPServer):
    """Serves a folder from its creation on; `address` has no slash at its end."""

    daemon_threads = True

    def __init__(self, folder, headers=None, handler=Handler):
        """`headers`: sent with everything; what is put into them later, too."""
        super().__init__(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
        self.headers = {} if headers is None else headers
        self.address = f"http://127.0.0.1:{self.server_port}"
        serve = functools.partial(self.serve_forever, poll_interval=0.01)
        threading.Thread(target=serve, daemon=True).start()

    def close(self):
        """Serve no more."""
        self.shutdown()
        self.server_close()

    def handle_error(self, _request, _client_address):
        """A browser that closes a connection early is no news."""
