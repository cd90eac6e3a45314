"""The vendor's host as a page finds it, with the stand-in of the widget and what it records."""

import json
from contextlib import suppress
from pathlib import Path

from tests.far_end.addresses import VENDOR, WIDGET
from tests.far_end.steps import wait_until

STAND_IN = Path(__file__).with_name("widget.js").read_text(encoding="utf-8")
EVENTS = [
    "ready",
    "chat.autoInvitation",
    "chat.botSent",
    "chat.onlineChange",
    "chat.started",
    "widget.stateChange",
]
"""The events of the documentation."""
SESSIONS = ("auto start", "startSession", "stopSession", "setVisitorData")
"""What the stand-in records of sessions."""
ITS_OWN = ("script", "auto start", "first view")
"""What it records of itself; everything else is a call."""


class FarEnd:
    """The vendor's host for one page of a browser and all documents that it loads.

    `answer` takes the Playwright route of each request for the widget's script; a test may replace
    it, for example with `abort`.
    """

    def __init__(self, page, base, *, only=None, **chosen):
        """`base`: the site's address, which is left out of `heard`.

        `only`: the names that go into `heard`; by default all but how the session began;
        `chosen`: what `choose` takes.
        """
        self.page = page
        self.base = base
        self.requests = []
        """The address of every request to the host, in order."""
        self.heard = []
        """What the widgets of all documents have recorded, in order; `tells` empties it."""
        self.answer = serve_widget
        self._only = only
        page.expose_function("note", self._note)
        page.route(f"{VENDOR}/**", self._take)
        if chosen:
            self.choose(**chosen)

    def _take(self, route):
        self.requests.append(route.request.url)
        if route.request.url == WIDGET:
            self.answer(route)
        else:
            route.fulfill(body="hosted", content_type="text/html")

    def _note(self, name, *values):
        if name in self._only if self._only else name != "auto start":
            self.heard.append([name, *map(self._short, values)])

    def _short(self, value):
        if isinstance(value, dict):
            return {key: self._short(item) for key, item in value.items()}
        return value.removeprefix(self.base) if isinstance(value, str) else value

    # ---- What a test chooses and does ----

    def choose(self, **chosen):
        """Choose for this document and all later ones, such as `ready="held"` (widget.js)."""
        script = f"Object.assign(document.farEnd ??= {{}}, {json.dumps(chosen)})"
        self.page.add_init_script(script)
        self.page.evaluate(f"{script} && null")

    def become_ready(self):
        """Make a widget ready whose `ready` is held."""
        self.page.evaluate("document.farEnd.becomeReady()")

    def call_back(self):
        """Call back from a stopSession whose `stop` is held."""
        self.page.evaluate("document.farEnd.callBack()")

    def emit(self, name, details=None):
        """Fire an event of the widget."""
        self.page.evaluate("told => document.farEnd.emit(...told)", [name, details])

    # ---- What it has recorded ----

    def waits_for_more(self, number):
        """Wait until `heard` has this many entries, for ten seconds at most.

        Raises AssertionError if it has fewer then.
        """
        wait_until(self.page, lambda: len(self.heard) >= number)

    def tells(self, *expected):
        """Wait until `heard` has as many entries as are expected; then it must be exactly these."""
        with suppress(AssertionError):
            self.waits_for_more(len(expected))
        assert self.heard == [list(one) for one in expected], self.heard
        self.heard.clear()

    def calls(self):
        """Every call that the widget of this document has got so far, without waiting."""
        recorded = self.page.evaluate("(document.farEnd?.recorded ?? []).map(({call}) => call)")
        return [call for call in recorded if call[0] not in ITS_OWN]

    # ---- How it is ----

    def wait_for_script(self):
        """Wait until the script has run in this document."""
        self.page.wait_for_function("!!document.farEnd?.becomeReady")

    def wait_until_ready(self):
        """Wait until the widget of this document is ready."""
        self.page.wait_for_function("document.farEnd?.isReady")

    def is_ready(self):
        """Whether this document has a widget that is ready."""
        return self.page.evaluate("!!document.farEnd?.isReady")

    def config(self):
        """The configuration that the script has read in this document."""
        return self.page.evaluate("document.farEnd.config")

    def visitor(self):
        """The ID of the visitor whose session is running."""
        return self.page.evaluate("document.farEnd.visitorId")

    def wait_for_frame(self):
        """Wait until the frame of the chat was loaded."""
        self.page.wait_for_function("document.querySelector('.chaport-container iframe')?.loads")

    def containers(self):
        """Each container of the widget: its parent, the loads of its frame, its `bottom` style."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll('.chaport-container')].map(node => ({
              parent: node.parentNode.localName,
              frameLoads: node.firstChild.loads,
              bottom: getComputedStyle(node).bottom,
            }))"""
        )


def serve_widget(route):
    """Answer with the stand-in."""
    route.fulfill(body=STAND_IN, content_type="text/javascript; charset=utf-8")


def abort(route):
    """Fail as where a blocker is."""
    route.abort()


def fail(route):
    """Answer with an error of the server."""
    route.fulfill(status=500, body="no")


def hang(_route):
    """Never answer."""
