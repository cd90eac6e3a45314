"""The loader is the same bytes on every page, small, and no address can break out of it."""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chaport_core.page.chat import Chat, Page
from chaport_core.page.scripts import (
    VENDOR_SCRIPT,
    ShippedFile,
    head_scripts,
    loader_hash,
    loader_script,
    preview_widget,
)

PAGE = (Path(__file__).parents[1] / "page-of-10-kb.html").read_text(encoding="utf-8")
ChatOf = Callable[..., Chat]


def scripts_in(page: str) -> list[str]:
    """The scripts that a page gained over the fixture."""
    before = re.findall(r"<script\b[^>]*>.*?</script>", PAGE, re.S)
    return [
        one for one in re.findall(r"<script\b[^>]*>.*?</script>", page, re.S) if one not in before
    ]


def test_the_loaders_hash_is_the_published_one() -> None:
    """Sites have put it into their Content-Security-Policy: a new one is a breaking change."""
    assert loader_hash() == "sha256-C3/cD+vDX1xNy75ieEuMd+wZOE1yWVCTFpiFlO8hTpA="


def test_the_hash_is_that_of_the_script_in_a_page(chat_of: ChatOf) -> None:
    html, _ = chat_of().add_to(PAGE, Page("a.html"))
    (script,) = scripts_in(html)
    text = script.removeprefix("<script>").removesuffix("</script>")
    digest = hashlib.sha256(text.encode()).digest()
    assert loader_hash() == f"sha256-{b64encode(digest).decode()}"


def test_every_page_of_every_site_has_the_same_script(chat_of: ChatOf) -> None:
    sites = [
        {},
        {"appId": "0" * 24},
        {"launcher": {"show": False}, "openIn": {"selector": "#chat"}},
        {"consent": "click", "pages": {"a/**": {"history": False}}},
        {"widget": "live"},
    ]
    pages = [
        Page("a.html"),
        Page("a/b/c/index.html", "a/b/c.md", {"chaport": {"openIn": "_blank"}}, "pt_BR"),
        Page("404.html", at_any_depth=True),
    ]
    found = {
        tuple(scripts_in(chat_of(**site).add_to(PAGE, page)[0])) for site in sites for page in pages
    }
    assert found == {(f"<script>{loader_script()}</script>",)}


@pytest.mark.parametrize(
    ("page", "site_root", "root"),
    [
        (Page("index.html"), "/docs/", ""),
        (Page("a/b/index.html", "a/b.md"), "/docs/", "../../"),
        (Page("404.html", at_any_depth=True), "/", "/"),
        (Page("404.html", at_any_depth=True), "/docs/", "/docs/"),
    ],
)
def test_a_preview_differs_in_the_address_alone(
    page: Page, site_root: str, root: str, chat_of: ChatOf
) -> None:
    name, text = preview_widget()
    assert re.fullmatch(r"chaport-preview\.[0-9a-f]{8}\.js", name)
    assert hashlib.sha256(text.encode()).hexdigest()[:8] in name
    shipped: list[ShippedFile] = []
    chat = chat_of(widget="preview", ship=shipped.append, root=site_root)
    (preview,) = scripts_in(chat.add_to(PAGE, page)[0])
    assert shipped == [preview_widget()]
    (live,) = scripts_in(chat_of(ship=shipped.append).add_to(PAGE, page)[0])
    assert live.count(VENDOR_SCRIPT) == 1
    assert preview == live.replace(VENDOR_SCRIPT, root + name)
    chat.add_to(PAGE, page)
    assert shipped == [preview_widget()]


SECOND_SCRIPTS = {
    "material": (
        "<script>window.__md_get?.('__consent')?.chaport&&"
        "document.dispatchEvent(new Event('chaport:consent'))</script>"
    ),
    "manual": (
        "<script>{let g,c,l=()=>{l=()=>{};location.reload()};"
        "addEventListener('chaport:consent',()=>g=1,!0);"
        "addEventListener('DOMContentLoaded',()=>"
        "g&&document.dispatchEvent(new Event('chaport:consent')));"
        "addEventListener('chaport:revoke',()=>{c=self.chaport;g&&(g=0,"
        "c?.stopSession?(setTimeout(()=>l(),2e3),c.stopSession(!0,()=>l())):l())},!0)}</script>"
    ),
}


@pytest.mark.parametrize("consent", SECOND_SCRIPTS)
def test_two_kinds_of_consent_have_one_script_more(chat_of: ChatOf, consent: str) -> None:
    for widget in ("live", "preview"):
        html, _ = chat_of(consent=consent, widget=widget).add_to(PAGE, Page("a.html"))
        loader, second = scripts_in(html)
        assert second == SECOND_SCRIPTS[consent]
        assert loader == scripts_in(chat_of(widget=widget).add_to(PAGE, Page("a.html"))[0])[0]


# Strings that have ended a script, a string or a line somewhere; the vendor's address stands alone.
ADDRESSES = [
    "'+alert(1)+'",
    "\\'+alert(1)//",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "a\nb\r\u2028\u2029",
    '"`${x}',
    "\\u0027\\x27",
    "é😀\ud800",
    "\0",
    "../../a%20b.js?x=1&y=2#z",
    "",
]


def string_in(script: str) -> str:
    """The string literal that the loader gives to the script's address, between its quotes."""
    before, after = loader_script().split(VENDOR_SCRIPT)
    assert before.endswith(".src='")
    assert after.startswith("'")
    assert script.startswith(before)
    assert script.endswith(after)
    return script[len(before) : len(script) - len(after)]


@given(st.text(st.characters(exclude_categories=[]), max_size=20))
@example("'</script>")
def test_no_address_can_end_its_string_or_its_script(address: str) -> None:
    literal = string_in(loader_script(address))
    assert literal.isascii()
    assert not set(literal) & set("'<\n\r")
    # Without single quotes, the literal is JSON's as much as JavaScript's.
    assert json.loads(f'"{literal}"') == address


@pytest.mark.skipif(not shutil.which("node"), reason="needs Node to read JavaScript")
def test_javascript_reads_every_address_as_it_was() -> None:
    scripts = [loader_script(address) for address in ADDRESSES]
    program = f"""
      const seen = [];
      for (const script of {json.dumps(scripts)}) {{
        const added = [];
        const document = {{
          querySelector: () => ({{content: '{{}}', dataset: {{}}}}),
          createElement: () => ({{}}),
          head: {{append: (one) => added.push(one.src)}},
          readyState: 'complete', addEventListener() {{}},
        }};
        new Function('document', 'self', 'location', script)(document, {{}}, 'https://x/');
        seen.push(added);
      }}
      console.log(JSON.stringify(seen));
    """
    output = subprocess.run(
        ["node", "-e", program], check=True, capture_output=True, text=True
    ).stdout
    assert json.loads(output) == [[address] for address in ADDRESSES]


def test_the_scripts_hold_nothing_that_an_html_parser_would_trip_over() -> None:
    for consent in ("none", "material", "manual", "click"):
        text = head_scripts(consent)
        inner = text.replace("<script>", "").replace("</script>", "")
        assert "<" not in inner
        assert "\n" not in text
        assert text.isascii()


def test_an_app_id_alone_adds_at_most_950_bytes(chat_of: ChatOf) -> None:
    html, _ = chat_of().add_to(PAGE, Page("a.html"))
    assert len(html.encode()) - len(PAGE.encode()) <= 950


def test_a_gzipped_page_of_10_kb_grows_by_at_most_420_bytes(chat_of: ChatOf) -> None:
    assert 9_500 < len(PAGE.encode()) < 10_500
    html, _ = chat_of().add_to(PAGE, Page("a.html"))
    grown, plain = (len(gzip.compress(text.encode(), mtime=0)) for text in (html, PAGE))
    assert grown - plain <= 420
