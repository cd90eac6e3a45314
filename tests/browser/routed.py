"""Knows small sites whose pages real routers swap, and hears all that the widget is told."""

import shutil
import subprocess
from pathlib import Path

from chaport_core.page.chat import Chat, Page
from chaport_core.settings.site import read_settings

ROOT = Path(__file__).parents[2]
APP_ID = "5f1e2d3c4b5a69788796a5b4"
NPM = ROOT / "build" / "npm" / "node_modules"

# The vendor's far end: it names every call and draws what a widget draws, a container with a frame
# and a style whose rules were inserted. `document.holdReady` and `document.viewsAtStart` choose.
WIDGET = """
(() => {
  const {chaport, chaportConfig} = window;
  note('script', location.href);
  document.configRead = JSON.parse(JSON.stringify(chaportConfig));
  const view = () => note('first view', location.href, document.title);
  if (document.viewsAtStart) view();
  const methods = ['hideLauncher', 'showLauncher', 'updatePosition', 'enableTriggers',
    'disableTriggers', 'setAssignmentRules', 'setVisitorData', 'newPageView', 'open', 'openIn',
    'startSession'];
  document.becomeReady = () => {
    for (const name of methods) chaport[name] = (...args) => note(name, ...args);
    chaport.stopSession = (clears, callback, ...more) => {
      note('stopSession', clears, typeof callback, ...more);
      // A test decides when.
      document.callBack = callback;
    };
    chaport.getWidgetState = () => 'collapsed';
    if (!document.viewsAtStart) view();
    for (const listener of chaport._l.ready ?? []) listener({});
    const container = document.createElement('div');
    container.className = 'chaport-container';
    container.innerHTML = '<iframe title="Chat" srcdoc="chat"></iframe>';
    container.firstChild.onload = () => container.firstChild.dataset.loads = 1 + +(container.firstChild.dataset.loads ?? 0);
    const style = document.createElement('style');
    document.head.append(style);
    style.sheet.insertRule('.chaport-container { position: fixed; bottom: 7px }');
    document.body.append(container);
    document.isReady = true;
  };
  if (!document.holdReady) document.becomeReady();
})();
"""  # noqa: E501
PARKED = """() => [...document.querySelectorAll('.chaport-container')].map(node => ({
  parent: node.parentNode.localName,
  frameLoads: node.firstChild.dataset.loads,
  bottom: getComputedStyle(node).bottom,
}))"""


class FarEnd:
    """The vendor's host and, in order, what the widgets of all documents were told."""

    def __init__(self, page, base):
        self.heard = []
        self.page = page
        self.base = base
        page.expose_function("note", self._note)
        page.route("https://app.chaport.com/**", self._answer)

    def _note(self, *told):
        self.heard.append([self._short(one) for one in told])

    def _short(self, value):
        if isinstance(value, dict):
            return {key: self._short(item) for key, item in value.items()}
        return value.removeprefix(self.base) if isinstance(value, str) else value

    def _answer(self, route):
        route.fulfill(body=WIDGET, content_type="text/javascript")

    def waits_for(self, told):
        """Wait until this was told."""
        for _ in range(500):
            if told in self.heard:
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(self.heard)

    def waits_for_more(self, number):
        """Wait until as much was told since the last time."""
        for _ in range(500):
            if len(self.heard) >= number:
                break
            self.page.wait_for_timeout(20)

    def tells(self, *expected):
        """Wait until as much was told since the last time; it must be exactly this."""
        self.waits_for_more(len(expected))
        assert self.heard == [list(one) for one in expected], self.heard
        self.heard.clear()


def loaded(name, title=None):
    """What a document load tells: the script runs, and the widget takes its own first view."""
    return [["script", f"/{name}.html"], ["first view", f"/{name}.html", title or f"Page {name}"]]


def viewed(name, title=None, rest=""):
    """What a navigation without a document load tells."""
    return ["newPageView", {"url": f"/{name}.html{rest}", "title": title or f"Page {name}"}]


def fetch_packages():
    """Have the npm packages that tests/npm names; a second time this does nothing."""
    command = ["make", "--silent", "build/npm/node_modules"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


ROUTERS = {
    "turbo": "@hotwired/turbo/dist/turbo.es2017-umd.js",
    "htmx-2": "htmx-2/dist/htmx.js",
    "htmx-4": "htmx-4/dist/htmx.js",
    "swup": "swup/dist/Swup.umd.js",
    "pushState": None,
}
START_SWUP = "addEventListener('DOMContentLoaded', () => new Swup({animationSelector: false}));"
# A theme's own few lines: the address changes first, then the body, then the title.
PUSH_STATE = """
addEventListener('DOMContentLoaded', () => {
  const show = async () => {
    const address = location.href;
    const answer = await fetch(address);
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (location.href !== address) return;
    document.body.replaceChildren(...next.body.childNodes);
    document.title = next.title;
  };
  document.addEventListener('click', event => {
    const link = event.target.closest('a');
    if (!link || link.hash) return;
    event.preventDefault();
    history.pushState(null, '', link.href);
    show();
  });
  let path = location.pathname;
  addEventListener('popstate', () => {
    if (location.pathname !== path) show();
    path = location.pathname;
  });
});
"""
# Without hx-sync htmx 2 may leave one page's address with another page's content after fast clicks.
BODY = {"htmx-2": ' hx-boost="true" hx-sync="body:replace"', "htmx-4": ' hx-boost:inherited="true"'}
HTML = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<link rel="icon" href="data:,">{head}</head>
<body{body}><nav>{links}<a href="#part">part</a></nav>
<main id="swup"><h1>{title}</h1>{text}<div id="chat-here"></div>
<p style="height: 3000px"></p><p id="part">Part</p></main></body></html>
"""


def write_site(folder, router, pages, *, options=None, head=""):
    """Write a site of linked pages with a router and our chat.

    `pages`: by path without `.html`, what a page's front matter says of chat (None: nothing), or a
    mapping with `chaport`, `title`, `lang` and `text`; `head`: more scripts, before all of ours.
    """
    settings, problems = read_settings({"appId": APP_ID, "navigation": "always", **(options or {})})
    assert problems == []
    chat = Chat(
        settings, ship=lambda file: (folder / file.name).write_text(file.text, encoding="utf-8")
    )
    if ROUTERS[router]:
        fetch_packages()
        shutil.copy(NPM / ROUTERS[router], folder / "router.js")
    else:
        (folder / "router.js").write_text(PUSH_STATE, encoding="utf-8")
    start = f"<script>{START_SWUP}</script>" if router == "swup" else ""
    for name, page in pages.items():
        page = page if isinstance(page, dict) and "chaport" in page else {"chaport": page}
        html = HTML.format(
            lang=page.get("lang", "en"),
            title=page.get("title", f"Page {name}"),
            head=f'<script src="/router.js"></script>{start}{head}',
            body=BODY.get(router, ""),
            text=page.get("text", ""),
            links="".join(f'<a href="/{other}.html">{other}</a> ' for other in pages),
        )
        says = page["chaport"]
        made, problems = chat.add_to(
            html, Page(f"{name}.html", metadata={} if says is None else {"chaport": says})
        )
        assert problems == []
        (folder / f"{name}.html").parent.mkdir(exist_ok=True)
        (folder / f"{name}.html").write_text(made, encoding="utf-8")
