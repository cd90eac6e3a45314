"""The policy of a site names what its pages run, and nothing else; the remarks say the rest."""

# ruff: noqa: E501 - a page stands in one line

import hashlib
from base64 import b64encode
from collections.abc import Callable

import pytest

from chaport_core.inspection.policy import VENDORS_SAY, policy_of, read_page, remarks_on
from chaport_core.page.chat import Chat, Page
from chaport_core.page.scripts import VENDOR_SCRIPT, head_scripts, loader_hash

LOADER = f"'{loader_hash()}'"
CHAPORT = "https://app.chaport.com"
PLAIN = "<!doctype html><html lang=en><head></head><body></body></html>"
PREVIEW = "../chaport-preview.0a1b2c3d.js"


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def sources(page: str) -> list[str]:
    return policy_of([read_page(page)]).removeprefix("script-src ").split(" ")


def remarks(*pages: str) -> list[str]:
    return remarks_on({f"{number}.html": read_page(page) for number, page in enumerate(pages)})


# ---- Which scripts ---------------------------------------------------------------------------

A, B = hashed("a()"), hashed("b()")
NONE = ["'none'"]
COUNTED: dict[str, list[str]] = {
    "<script>a()</script>": [A],
    "<SCRIPT DEFER>a()</SCRIPT >": [A],
    "<script>a()</script><p><script>b()</script><script>a()</script>": sorted([A, B]),
    "<script> a()\n</script>": [hashed(" a()\n")],
    "<script>a()\r\nb()\rc()</script>": [hashed("a()\nb()\nc()")],
    "<script>'é &amp; \0'</script>": [hashed("'é &amp; \ufffd'")],
    "<script><!-- <script> </script> --></script>": [hashed("<!-- <script> </script> -->")],
    "<script type=''>a()</script>": [A],
    "<script type>a()</script>": [A],
    "<script type=' Text/JavaScript\n'>a()</script>": [A],
    "<script type=application/x-ecmascript>a()</script>": [A],
    "<script type=text/javascript1.5>a()</script>": [A],
    "<script language=JavaScript1.2>a()</script>": [A],
    "<script language=''>a()</script>": [A],
    "<script type=Module>a()</script>": [A],
    "<script type=importmap>{}</script>": [hashed("{}")],
    "<script type=speculationrules>{}</script>": [hashed("{}")],
    "<svg><script>a()</script></svg>": [A],
    "<template></template><script>a()</script>": [A],
    "</template><script>a()</script>": [A],
    "<iframe srcdoc='&lt;script>a()&lt;/script>'><script>b()</script></iframe>": [A],
    # What is no script, and what a policy lets pass.
    "": NONE,
    "<script></script>": NONE,
    "<script>a()": NONE,
    "<script type=application/ld+json>{}</script>": NONE,
    "<script type=application/json>{}</script>": NONE,
    "<script type=text/template><b></b></script>": NONE,
    "<script type='text/javascript; charset=utf-8'>a()</script>": NONE,
    "<script type=' '>a()</script>": NONE,
    "<script language=vbscript>a()</script>": NONE,
    "<!-- <script>a()</script> -->": NONE,
    "<template><script>a()</script><template></template><script>b()</script></template>": NONE,
    "<noscript><script>a()</script></noscript>": NONE,
    "<textarea><script>a()</script></textarea><title><script>a()</script></title>": NONE,
    "<p title='<script>a()</script>'><pre>&lt;script>a()&lt;/script></pre>": NONE,
}


@pytest.mark.parametrize("page", COUNTED)
def test_inline_scripts_are_hashed_as_browsers_hash_them(page: str) -> None:
    assert sources(page) == COUNTED[page]
    assert remarks(page) == []


def test_a_script_for_browsers_without_modules_is_admitted_for_them() -> None:
    assert sources("<script nomodule>a()</script>") == [A]


ADDRESSES = {
    "a.js": "'self'",
    "/a.js": "'self'",
    "../b/a.js?v=1": "'self'",
    " https://cdn.example.com/a.js ": "https://cdn.example.com",
    "HTTPS://CDN.Example.com:8443/a.js": "https://cdn.example.com:8443",
    "https://me:secret@cdn.example.com/a.js": "https://cdn.example.com",
    "http://127.0.0.1:8000/a.js": "http://127.0.0.1:8000",
    "//cdn.example.com/a.js": "cdn.example.com",
    "\\\\cdn.example.com/a.js": "cdn.example.com",
    "https://bücher.example/a.js": "https://xn--bcher-kva.example",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_files_are_admitted_by_where_they_come_from(address: str) -> None:
    page = f"<script src='{address}'>never run</script>"
    assert sources(page) == [ADDRESSES[address]]
    assert remarks(page) == []


def test_an_address_is_relative_to_the_first_base_of_its_page() -> None:
    page = "<base target=_top><base href=https://cdn.example.com/x/><base href=/y/><script src=a.js></script>"
    assert sources(page) == ["https://cdn.example.com"]
    assert sources("<base href=/docs/><script src=a.js></script>") == ["'self'"]
    assert sources("<script src=''>a()</script>") == NONE
    assert sources("<script type=text/template src=https://a.example/a></script>") == NONE


@pytest.mark.parametrize(
    "address",
    [
        "data:text/javascript,a()",
        "blob:https://example.org/0",
        "https:///a.js",
        "https://[::1",
        "https://a.example;script-src *",
        "https://a..example/a.js",
    ],
)
def test_an_address_that_no_policy_can_name_is_told(address: str) -> None:
    page = f'<script src="{address}"></script>'
    assert sources(page) == NONE
    assert remarks(page) == [
        "Scripts at an address without a host that a policy could name (data: and the like):"
        " 1, in 0.html. Put each into a file of the site."
    ]


def test_the_policy_is_one_line_in_one_order_for_all_pages_together() -> None:
    first = (
        "<script src=https://b.example/1></script><script>b()</script><script src=a.js></script>"
    )
    second = "<script src=https://a.example/2></script><script>a()</script><script>b()</script>"
    pages = [read_page(first), read_page(second)]
    expected = " ".join(
        ["script-src 'self'", *sorted([A, B]), "https://a.example https://b.example"]
    )
    assert policy_of(pages) == policy_of(reversed(pages)) == expected


# ---- What no hash admits ---------------------------------------------------------------------


def test_handlers_and_script_addresses_are_counted_and_their_first_pages_named() -> None:
    handlers = (
        "<body onload=a() ><p ONCLICK='b()' once=c only=d data-onclick=e></p></body onload=f>"
    )
    link = "<a href=' java\nscript:a()'>x</a><button formaction=JavaScript:b()></button>"
    assert remarks(handlers, PLAIN, link + handlers, handlers, handlers, link) == [
        "Inline event handlers such as onclick, which no hash admits: 8, in 0.html, 2.html,"
        " 3.html and 1 more page. Let a script of the site add the listeners.",
        "Addresses that begin with javascript:, which no hash admits: 4, in 2.html and 5.html."
        " Let a script of the site add listeners instead.",
    ]
    assert sources(handlers + link) == NONE


def test_what_does_not_run_is_not_told_of() -> None:
    dead = "<b onclick=a()></b><a href=javascript:a()></a>"
    page = f"<!--{dead}--><template>{dead}</template><noscript>{dead}</noscript><a title='javascript:'>"
    assert remarks(page) == []


# ---- Our own scripts -------------------------------------------------------------------------


def chat_page(chat_of: Callable[..., Chat], **options: str) -> str:
    html, problems = chat_of(**options).add_to(PLAIN, Page("a.html"))
    assert problems == []
    return html


@pytest.mark.parametrize("consent", ["none", "click", "manual", "material"])
def test_a_page_with_chat_needs_the_published_hash_and_chaports_host(
    chat_of: Callable[..., Chat], consent: str
) -> None:
    page = chat_page(chat_of, consent=consent)
    scripts = [text.partition("</script>")[0] for text in page.split("<script>")[1:]]
    assert sources(page) == [*sorted(map(hashed, scripts)), CHAPORT]
    assert LOADER in sources(page)
    assert len(scripts) == (2 if consent in ("manual", "material") else 1)
    assert remarks(page) == [VENDORS_SAY]


def test_the_preview_needs_the_site_itself_and_is_told_of(chat_of: Callable[..., Chat]) -> None:
    page = chat_page(chat_of, widget="preview", consent="manual")
    assert [source for source in sources(page) if "sha256" not in source] == ["'self'"]
    assert LOADER not in sources(page)
    assert remarks(page, page) == [
        "The preview widget stands in place of the live one, in 0.html and 1.html."
        " Readers need another policy: build the site with the live widget, and ask again."
    ]


CHANGED_LOADER = (
    "The loader is not as this release writes it, in 1.html. A minifier has changed it"
    " (pelican-minify leaves it as it is with INLINE_JS_MIN = False), or another release has"
    " built the site; the policy has the hash of what stands there, not the published one."
)
CHANGED_CONSENT = (
    "The script for consent behind the loader is not as this release writes it, in 1.html."
    " A minifier has changed it, or another release has built the site; the policy has the"
    " hash of what stands there."
)


@pytest.mark.parametrize("consent", ["manual", "material"])
@pytest.mark.parametrize("address", [VENDOR_SCRIPT, PREVIEW])
def test_a_script_of_ours_that_was_changed_is_told_of(consent: str, address: str) -> None:
    scripts = head_scripts(consent, address)
    loader, gate = scripts.split("</script><script>")
    for before, after, told in (
        (loader, loader.replace("'", "`"), CHANGED_LOADER),
        (loader, loader.replace("{let ", "{ let "), CHANGED_LOADER),
        (gate, gate.replace("'", "`").replace("!0", "true"), CHANGED_CONSENT),
    ):
        changed = scripts.replace(before, after)
        assert changed != scripts
        # A formatter may part them.
        changed = changed.replace("</script><script>", "</script>\n<script>")
        told_now = remarks(scripts, changed)
        assert told_now[0] == told
        assert len(told_now) == 2
        texts = [text.partition("</script>")[0] for text in changed.split("<script>")[1:]]
        assert set(map(hashed, texts)) <= set(sources(changed))


def test_scripts_of_the_site_that_speak_of_chat_are_not_taken_for_ours() -> None:
    own = (
        "<script>document.querySelector('meta[name=chaport]').content</script>"
        "<script>onLogout = () => document.dispatchEvent(new Event('chaport:revoke'))</script>"
    )
    page = own + head_scripts("click") + own + head_scripts("manual") + "<title>x</title>" + own
    assert remarks(page, head_scripts("none") + "<link>" + own[own.rindex("<script") :]) == [
        VENDORS_SAY
    ]


def test_the_vendors_own_installation_code_needs_its_host_too() -> None:
    pasted = f"s.src='{VENDOR_SCRIPT}'"
    assert sources(f"<script>{pasted}</script>") == [hashed(pasted), CHAPORT]
    assert remarks(f"<script src={VENDOR_SCRIPT}></script>") == [VENDORS_SAY]
