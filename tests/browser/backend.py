"""Knows a site with a small backend beside it, whose every answer a test decides, and the far end
of a widget that obeys the queue, keeps its visitor on the device and says what it was told."""

import functools
import json
import threading

from tests.browser.conftest import QuietHandler, QuietServer
from tests.browser.routed import FarEnd, write_site

PATH = "/account/chat"
WIDGET = """
(() => {
  const {chaport, chaportConfig} = window;
  const emit = (name, details) => (chaport._l[name] ?? []).forEach((listener) => listener(details));
  document.sessionOption = chaportConfig.session;
  let isReady = false;
  const start = (user) => {
    const makeId = () => 'new-' + (localStorage.widgetCount = 1 + +(localStorage.widgetCount ?? 0));
    document.visitorId = localStorage.widgetVisitor = user?.id ?? localStorage.widgetVisitor ?? makeId();
    if (isReady) return;
    isReady = true;
    Object.assign(chaport, methods, {q: (name, args) => obey([name, args])});
    emit('ready', {visitorId: document.visitorId});
    chaport._q.splice(0).forEach(obey);
  };
  const methods = {
    open() {},
    startSession(user, callback) { note('startSession', ...(user ? [user] : [])); start(user); callback?.(); },
    stopSession(clears, callback) {
      note('stopSession', clears);
      document.visitorId = null;
      if (clears) delete localStorage.widgetVisitor;
      if (document.holdStop === 'throw') throw Error('no');
      if (document.holdStop) document.callBack = callback;
      else callback?.();
    },
    setVisitorData(...args) { note('setVisitorData', document.visitorId, ...args); },
    newPageView() {},
  };
  const obey = ([name, args]) => methods[name](...(Array.isArray(args) ? args : args ? [args] : []));
  document.emit = emit;
  document.becomeReady = () => {
    if (chaportConfig.session?.autoStart !== false) { note('auto start'); return start(); }
    // Before the session is there, the queue is looked at for this alone.
    const at = () => chaport._q.findIndex(([name]) => name === 'startSession');
    const begin = () => at() >= 0 && obey(chaport._q.splice(at(), 1)[0]);
    const {q} = chaport;
    chaport.q = (...args) => { q(...args); if (!isReady) begin(); };
    begin();
  };
  if (!document.holdReady) document.becomeReady();
})();
"""  # noqa: E501


class Vendor(FarEnd):
    """The vendor's far end; `heard` is what widgets were told, in order."""

    def _answer(self, route):
        route.fulfill(body=WIDGET, content_type="text/javascript")


class Backend(QuietHandler):
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
        self.server = QuietServer(
            ("127.0.0.1", 0), functools.partial(Backend, directory=str(folder))
        )
        self.server.headers = {}
        self.server.site = self
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def close(self):
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    def answer(self, method, request, body):
        self.asked.append(f"{method} {request.path}" + (f" {body.decode()}" if body else ""))
        self.requests.append(request.headers)
        (self.says if method == "GET" else self.posted)(request)

    def write(self, pages=("home", "a"), router=None, head="", **options):
        """Write the site's pages; without a router each click loads a document."""
        options = {"identity": PATH, "navigation": "always" if router else "never", **options}
        pages = dict.fromkeys(pages) if isinstance(pages, tuple) else pages
        write_site(self.folder, router or "pushState", pages, options=options, head=head)
        if not router:
            (self.folder / "router.js").write_text("", encoding="utf-8")


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
