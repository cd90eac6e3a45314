"""Knows that no value becomes executable: known payloads through whole builds, a browser as judge.

Each payload would call `canary()`; a page that ever calls it is a page in which a value ran.
"""

import html
import json
import os
import subprocess
import sys
from urllib.parse import quote

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.browser.routed import write_site
from tests.far_end.addresses import APP_ID
from tests.far_end.chat_pages import ChatPages
from tests.far_end.vendor import FarEnd

PAYLOADS = [
    "<script>canary()</script>",
    "</script><script>canary()</script>",
    "</title><script>canary()</script>",
    "</textarea></style></noscript></iframe></template><script>canary()</script>",
    "--><script>canary()</script><!--",
    "--!><img src=x onerror=canary()>",
    "<!--<script>canary()",
    "]]><img src=x onerror=canary()>",
    "'><img src=x onerror=canary()>",
    '"><img src=x onerror=canary()>',
    "' onmouseover=canary() autofocus onfocus=canary() x='",
    "' http-equiv=refresh content='0;url=javascript:canary()",
    "><svg/onload=canary()>",
    "<svg><animate onbegin=canary() attributeName=x dur=1s>",
    "<details open ontoggle=canary()>",
    "<iframe srcdoc='<script>parent.canary()</script>'>",
    "<math><mtext></p><img src=x onerror=canary()>",
    "<a href=javascript:canary()>x</a>",
    "javascript:canary()",
    "data:text/html,<script>parent.canary()</script>",
    "'-canary()-'",
    '"-canary()-"',
    "\\'-canary()//",
    '\\"-canary()//',
    "\\\\u003cimg src=x onerror=canary()\\\\u003e",
    "`${canary()}`",
    "${canary()}",
    "{{constructor.constructor('canary()')()}}",
    "{% raw %}{{ canary() }}{% endraw %}",
    "&#39;-canary()-&#39;",
    "&apos;&gt;&lt;img src=x onerror=canary()&gt;",
    "&lt;script&gt;canary()&lt;/script&gt;",
    "%3Cscript%3Ecanary()%3C/script%3E",
    "%27-canary()-%27",
    "+ADw-script+AD4-canary()+ADw-/script+AD4-",
    "\u2028canary()//",
    "\u2029canary()\u2029",
    "\r\ncanary()\r\n",
    "\x00<script>canary()</script>",
    "\ufeff<script>canary()</script>",
    "\u202e<script>canary()</script>",
    "\uff1cscript\uff1ecanary()\uff1c/script\uff1e",
    '{"__proto__":{"toString":"canary()"}}',
    "]}';canary();//",
]
CANARY = """
window.canary = () => { document.isHit = true };
addEventListener('unhandledrejection', event => { document.isHit = String(event.reason) });
"""


@pytest.fixture
def judged(page):
    """A page that knows the canary; it must not have been called in any of its documents."""
    page.add_init_script(CANARY)
    hits = []
    page.on("dialog", lambda dialog: hits.append(dialog.message))

    def judge():
        assert page.evaluate("document.isHit ?? null") is None, page.url
        assert hits == []

    page.judge = judge
    return page


def options_of(payload):
    """Every kind of value that takes free text, and keys."""
    return {
        "appearance": {"teamName": payload, "onlineWelcome": payload, "offlineWelcome": payload},
        "analytics": {"google": {"id": payload}},
        "operators": [payload],
        "openIn": "_blank",
        "triggers": {"disabled": [payload]},
        "init": {"event": payload, "maxDelay": 0},
        "session": {"cookieDomain": payload},
        "visitor": {"custom": {payload: payload}},
        "assignments": {"rules": [{payload: ["page_url", "contains", payload]}]},
        "unchecked": {f"new {payload}": payload},
    }


def page_source():
    """A page that holds every payload in its front matter, in links and in attributes."""
    own = {"appearance": {"teamName": "".join(PAYLOADS)}, "visitor": {"custom": custom()}}
    front = yaml.safe_dump({"chaport": own})
    links = "\n\n".join(
        f"[Say](chaport:setActiveTrigger?message={quote(payload)})" for payload in PAYLOADS
    )
    arguments = (html.escape(json.dumps([{"message": payload}])) for payload in PAYLOADS)
    # In a block of HTML, in which Markdown reads nothing.
    buttons = "\n".join(
        f"<button data-chaport='setActiveTrigger' data-chaport-args='{one}'>x</button>"
        for one in arguments
    )
    return f"---\n{front}---\n\n# Page\n\n{links}\n\n<div>\n{buttons}\n</div>\n"


def custom():
    return {f"{number} {payload}": payload for number, payload in enumerate(PAYLOADS)}


@pytest.fixture(scope="module", params=["live", "preview"])
def built(request, tmp_path_factory):
    """A whole MkDocs site with every payload in its options, built once."""
    folder = tmp_path_factory.mktemp(request.param)
    docs = folder / "docs"
    docs.mkdir()
    (docs / "index.md").write_text(page_source(), encoding="utf-8")
    everything = options_of("".join(PAYLOADS))
    chaport = {"appId": APP_ID, "widget": request.param, "events": "dom", **everything}
    configuration = {
        # MkDocs itself takes names and titles for HTML.
        "site_name": "A site",
        "theme": {"name": "mkdocs", "highlightjs": False},
        "plugins": [{"chaport": chaport}],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", "out"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=folder, check=True, env=environment)
    return folder / "out"


def click_all(page):
    page.locator("[data-chaport]").evaluate_all("all => all.forEach(one => one.click())")


def test_no_payload_runs_in_a_page_that_was_built(judged, serve, built):
    far = FarEnd(judged, serve(built))
    judged.goto(f"{far.base}/index.html")
    judged.wait_for_function("!!window.chaport?.open")
    # What was meant as a value arrives as one.
    config = judged.evaluate("chaportConfig")
    assert config["appearance"]["teamName"] == "".join(PAYLOADS)
    assert config["visitor"]["custom"] == {"".join(PAYLOADS): "".join(PAYLOADS)} | custom()
    click_all(judged)
    judged.evaluate("chaport.open()")
    judged.wait_for_load_state("networkidle")
    judged.judge()


def test_the_calls_of_links_carry_payloads_as_text(judged, serve, built):
    if "chaport-preview" in (built / "index.html").read_text(encoding="utf-8"):
        pytest.skip("the preview widget tells nobody what it was told")
    far = FarEnd(judged, serve(built))
    judged.goto(f"{far.base}/index.html")
    far.wait_until_ready()
    click_all(judged)
    called = [["setActiveTrigger", {"message": payload}] for payload in PAYLOADS]
    assert [one for one in far.calls() if one[0] == "setActiveTrigger"] == called * 2


def test_no_payload_in_titles_and_addresses_runs_where_pages_are_swapped(judged, serve, tmp_path):
    titles = {
        f"p{number}": {"chaport": None, "title": html.escape(payload)}
        for number, payload in enumerate(PAYLOADS)
    }
    write_site(tmp_path, "pushState", {"home": None, **titles})
    far = FarEnd(judged, serve(tmp_path))
    judged.goto(f"{far.base}/home.html?q='><img src=x onerror=canary()>#<script>canary()</script>")
    far.wait_until_ready()
    far.waits_for_more(2)
    far.heard.clear()
    for name in titles:
        judged.evaluate("name => document.querySelector(`[href='/${name}.html']`).click()", name)
        far.waits_for_more(1)
        far.tells(["newPageView", {"url": f"/{name}.html", "title": judged.title()}])
    judged.judge()


TEXTS = st.text(max_size=200) | st.lists(
    st.sampled_from([*PAYLOADS, "'", '"', "<", ">", "&", "\\", "</", "<!--", "canary()", "\n"]),
    max_size=5,
).map("".join)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(TEXTS, min_size=1, max_size=8, unique=True))
def test_no_text_at_all_runs(judged, texts):
    site = ChatPages({"events": "dom"})
    own = {"visitor": {"custom": {text: text for text in texts}}}
    plain = "<!doctype html><html lang=en><head><title>x</title></head><body></body></html>"
    judged.set_content(site.add_to(plain, says=own))
    judged.judge()
    # Names such as `salt` are taken for secrets.
    if not site.problems:
        record = judged.evaluate("document.querySelector('meta[name=chaport]').content")
        assert json.loads(record)["visitor"] == own["visitor"]
