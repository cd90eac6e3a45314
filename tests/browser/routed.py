"""Knows small sites whose pages real routers swap, and what their widgets are told of them."""

import subprocess
from pathlib import Path

from tests.far_end.chat_pages import ChatPages

ROOT = Path(__file__).parents[2]
NPM = ROOT / "build" / "npm" / "node_modules"


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
START = {
    "swup": "<script>addEventListener('DOMContentLoaded', () =>"
    " new Swup({animationSelector: false}));</script>"
}
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
    """Write a site of linked pages with our chat.

    `router`: one of ROUTERS, or None: then each click loads a document; `pages`: by path without
    `.html`, what a page's front matter says of chat (None: nothing), or a mapping with `chaport`,
    `title`, `lang` and `text`; `head`: more scripts, before all of ours.
    """
    navigation = "always" if router else "never"
    chat = ChatPages({"navigation": navigation, **(options or {})}, folder)
    if router:
        (folder / "router.js").write_text(script_of(router), encoding="utf-8")
        head = f'<script src="/router.js"></script>{START.get(router, "")}{head}'
    for name, page in pages.items():
        page = page if isinstance(page, dict) and "chaport" in page else {"chaport": page}
        html = HTML.format(
            lang=page.get("lang", "en"),
            title=page.get("title", f"Page {name}"),
            head=head,
            body=BODY.get(router, ""),
            text=page.get("text", ""),
            links="".join(f'<a href="/{other}.html">{other}</a> ' for other in pages),
        )
        made = chat.add_to(html, f"{name}.html", page["chaport"])
        (folder / f"{name}.html").parent.mkdir(exist_ok=True)
        (folder / f"{name}.html").write_text(made, encoding="utf-8")
    assert chat.problems == []


def script_of(router):
    """The text of a router."""
    if router == "pushState":
        return PUSH_STATE
    fetch_packages()
    return (NPM / ROUTERS[router]).read_text(encoding="utf-8")


def go(page, name):
    """Click the link to a page of the site."""
    page.click(f"nav >> text='{name}'")


def reach(page, name):
    """Click the link to a page of the site, and wait until it is there."""
    go(page, name)
    page.wait_for_function(f"document.title === 'Page {name}'")
