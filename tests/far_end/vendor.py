"""The vendor's host as a page finds it: the stand-in answers there and notes what it is told."""

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
"""What the stand-in says of sessions."""
ITS_OWN = ("script", "auto start", "first view")
"""What it says of itself; all else are calls."""


class FarEnd:
    """The vendor's far end of one page, for all documents that the page loads.

    `answer` is what happens to a request for the widget's script: it may be replaced, by `abort`
    or by whatever takes a Playwright route. `widget.js` says what else there is to choose.
    """

    def __init__(self, page, base, *, only=None, **chosen):
        """`base`: the site's address, which is left out of what is heard.

        `only`: names of what is heard; if it is left out, all but how the session began.
        """
        self.page = page
        self.base = base
        self.requests = []
        """The address of every request to the host, in order."""
        self.heard = []
        """What the widgets of all documents were told, in order; emptied by who has seen it."""
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
        """Choose for this document and all later ones: `ready="held"` and so on."""
        script = f"Object.assign(document.farEnd ??= {{}}, {json.dumps(chosen)})"
        self.page.add_init_script(script)
        self.page.evaluate(f"{script} && null")

    def become_ready(self):
        """Where ready is held: the widget is ready now."""
        self.page.evaluate("document.farEnd.becomeReady()")

    def call_back(self):
        """Where stop is held: the widget says now that the session has ended."""
        self.page.evaluate("document.farEnd.callBack()")

    def emit(self, name, details=None):
        """The widget's event, for whoever listens."""
        self.page.evaluate("told => document.farEnd.emit(...told)", [name, details])

    # ---- What it was told ----

    def waits_for(self, told):
        """Wait until this was told."""
        wait_until(self.page, lambda: told in self.heard)

    def waits_for_more(self, number):
        """Wait until as much was told since the last time."""
        wait_until(self.page, lambda: len(self.heard) >= number)

    def tells(self, *expected):
        """Wait until as much was told since the last time; it must be exactly this."""
        with suppress(AssertionError):
            self.waits_for_more(len(expected))
        assert self.heard == [list(one) for one in expected], self.heard
        self.heard.clear()

    def calls(self):
        """Every call that the widget of this document has got so far."""
        told = self.page.evaluate("(document.farEnd?.told ?? []).map(({call}) => call)")
        return [call for call in told if call[0] not in ITS_OWN]

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
        """Where the widget's nodes are, how often the frame in each was loaded, and their style."""
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
    """No answer, as where a blocker is."""
    route.abort()


def fail(route):
    """An error of the server."""
    route.fulfill(status=500, body="no")


def hang(_route):
    """An answer that never comes."""
