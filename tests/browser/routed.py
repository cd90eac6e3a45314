"""Knows small sites whose pages real routers swap, and hears all that the widget's far end is told."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

from chaport_core.page import Chat, Page
from chaport_core.settings import read_settings

ROOT = Path(__file__).parents[2]
APP_ID = "5f1e2d3c4b5a69788796a5b4"
VENDOR = "https://app.chaport.com/javascripts/insert.js"

# The vendor's far end: says when it runs, takes its first page view at `ready`, names every call,
# and draws what a widget draws: a container with a frame, a style whose rules were inserted.
WIDGET = """
(() => {
  const {chaport, chaportConfig} = window;
  note('script', location.pathname);
  document.configRead = JSON.parse(JSON.stringify(chaportConfig));
  const first = () => note('first view', location.href, document.title);
  if (document.firstViewAtStart) first();
  const methods = ['hideLauncher', 'showLauncher', 'updatePosition', 'enableTriggers', 'disableTriggers',
    'setAssignmentRules', 'setVisitorData', 'newPageView', 'open', 'openIn', 'startSession', 'stopSession'];
  const begin = () => {
    for (const name of methods) chaport[name] = (...args) => note(name, ...args);
    if (!document.firstViewAtStart) first();
    for (const listener of chaport._l.ready ?? []) listener({});
    const container = document.createElement('div');
    container.className = 'chaport-container';
    container.innerHTML = '<iframe title="Chat" srcdoc="chat"></iframe>';
    const style = document.createElement('style');
    document.head.append(style);
    style.sheet.insertRule('.chaport-container { position: fixed; bottom: 7px }');
    document.body.append(container);
    document.isReady = true;
  };
  if (document.readyWhenTold) document.becomeReady = begin;
  else begin();
})();
"""


class FarEnd:
    """The vendor's host and, in order, what each document's widget was told."""

    def __init__(self, page):
        self.heard = []
        self.page = page
        page.expose_function("note", lambda *told: self.heard.append(list(told)))
        page.route(
            "https://app.chaport.com/**",
            lambda route: route.fulfill(body=WIDGET, content_type="text/javascript"),
        )

    def wait_for(self, count):
        """Until so much was told in all; then all of it."""
        end = time.monotonic() + 10
        while len(self.heard) < count and time.monotonic() < end:
            self.page.wait_for_timeout(10)
        return self.heard

    def settle(self):
        """All that was told once nothing is under way: no request, no task of the page."""
        self.page.wait_for_load_state("networkidle")
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        return self.heard


def packages():
    """Where the npm packages are that tests/npm names; fetched once."""
    subprocess.run(
        ["make", "--silent", "build/npm/node_modules"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return ROOT / "build" / "npm" / "node_modules"


SCRIPTS = {
    "turbo": '<script src="/router.js"></script>',
    "htmx-2": '<script src="/router.js"></script>',
    "htmx-4": '<script src="/router.js"></script>',
    "swup": '<script src="/router.js"></script><script>addEventListener("DOMContentLoaded", () => { window.swup = new Swup({animationSelector: false}) })</script>',  # noqa: E501
    "pushState": '<script src="/router.js"></script>',
}
FILES = {
    "turbo": "@hotwired/turbo/dist/turbo.es2017-umd.js",
    "htmx-2": "htmx-2/dist/htmx.js",
    "htmx-4": "htmx-4/dist/htmx.js",
    "swup": "swup/dist/Swup.umd.js",
}
# A theme's own few lines: the URL changes first, then the body, then the title.
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
    if (!link || link.hash || link.hasAttribute('data-turbo')) return;
    event.preventDefault();
    history.pushState(null, '', link.href);
    show();
  });
  let path = location.pathname;
  addEventListener('popstate', () => { if (location.pathname !== path) show(); path = location.pathname; });
});
"""
ROUTERS = [*SCRIPTS]


def write_routed_site(folder, router, pages, options=None, languages=None):
    """Write pages with a router's script and our chat.

    `pages`: what the front matter of each page says under `chaport`, by its path without `.html`.
    """
    settings, problems = read_settings({"appId": APP_ID, "navigation": "always", **(options or {})})
    assert problems == []
    chat = Chat(settings)
    for file in chat.files:
        (folder / file.name).write_text(file.text, encoding="utf-8")
    if router in FILES:
        shutil.copy(packages() / FILES[router], folder / "router.js")
    else:
        (folder / "router.js").write_text(PUSH_STATE, encoding="utf-8")
    links = "".join(f'<a href="/{name}.html">{name}</a> ' for name in pages)
    for name, says in pages.items():
        language = (languages or {}).get(name, "en")
        html = f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>Page {name}</title>
<link rel="icon" href="data:,">{SCRIPTS.get(router, "")}</head>
<body{' hx-boost="true"' if router == "htmx-2" else ' hx-boost:inherited="true"' if router == "htmx-4" else ""}>
<nav>{links}<a href="#part">part</a></nav>
<main id="swup" class="transition-main"><h1>{name}</h1><div id="chat-here"></div>
<p style="height: 3000px"></p><p id="part">Part</p></main></body></html>"""
        metadata = {} if says is None else {"chaport": says}
        made, problems = chat.add_to(html, Page(f"{name}.html", metadata=metadata))
        assert problems == []
        path = folder / f"{name}.html"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(made, encoding="utf-8")
