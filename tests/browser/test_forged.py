"""Knows what the preview widget refuses once it has a salt: forged tokens and hashes, where the
vectors that PHP made are taken; and where it takes no salt."""

import hashlib
import json
from pathlib import Path

import pytest
from tests.browser.test_preview_widget import PAGE, stub, write_widget
from tests.far_end.addresses import APP_ID
from tests.far_end.steps import wait_until

ROOT = Path(__file__).parents[2]
VECTORS = json.loads(
    (ROOT / "sites/docs/docs/how-to/signing-vectors.json").read_text(encoding="utf-8")
)
FORGED = "0" * 40
REFUSED_TOKEN = (
    "warning: [chaport preview] startSession: the token is not that of this visitor and this salt;"
    " refused"
)
REFUSED_HASH = (
    "warning: [chaport preview] setVisitorData: the hash is not that of this data and this salt;"
    " refused"
)
SESSION, VISITOR = "session", "visitor data"
NONE = "\N{EN DASH}"


@pytest.fixture
def open_page(page, serve, tmp_path):
    """open_page(script, salt, host) opens a page whose session waits, and that script."""
    base = serve(tmp_path)
    write_widget(tmp_path)

    def begin(script, salt=VECTORS["salt"], host="127.0.0.1", **options):
        config = {
            "appId": APP_ID,
            "session": {"autoStart": False},
            "init": {"event": "DOMContentLoaded", "delayAfterEvent": 0},
            **options,
        }
        code = f"window.chaportPreviewSalt = {json.dumps(salt)};" + stub(json.dumps(config))
        html = PAGE % (' lang="en"', "", code, script, "<h1>Home</h1>")
        (tmp_path / "index.html").write_text(html, encoding="utf-8")
        page.goto(f"{base.replace('127.0.0.1', host)}/index.html")
        return lambda name: page.locator(f'.chaport-preview-panel dd[data-fact="{name}"]')

    return begin


def start(user):
    return f"chaport.q('startSession', {json.dumps(user)});"


def test_every_token_and_hash_that_php_made_is_taken(page, open_page, console):
    fact = open_page(start(VECTORS["tokens"][0]))
    wait_until(page, lambda: fact(SESSION).text_content() == "running")
    for user in VECTORS["tokens"]:
        page.evaluate("user => new Promise(done => chaport.startSession(user, done))", user)
        assert fact("visitor").text_content() == user["id"]
    for one in VECTORS["hashes"]:
        page.evaluate(
            "([visitor, hash]) => chaport.setVisitorData(visitor, hash)",
            [one["visitor"], one["visitorIntegrityHash"]],
        )
    wait_until(page, lambda: '"most":1.7976931348623157e+308' in fact(VISITOR).text_content())
    assert console == []
    # Signed data takes the place of other signed data.
    assert '"notes":"\\u0000' in fact(VISITOR).text_content()


def test_a_forged_token_starts_no_session(page, open_page, console):
    real, other, _ = VECTORS["tokens"]
    fact = open_page(start({**real, "token": FORGED}))
    wait_until(page, lambda: console)
    assert fact(SESSION).text_content() == "waiting for startSession"
    # A real token of another visitor is as bad.
    page.evaluate(f"() => {{ {start({**real, 'token': other['token']})} }}")
    wait_until(page, lambda: len(console) == 2)
    assert fact(SESSION).text_content() == "waiting for startSession"
    page.evaluate(f"() => {{ {start(real)} }}")
    wait_until(page, lambda: fact(SESSION).text_content() == "running")
    assert console == [REFUSED_TOKEN] * 2


def test_a_forged_hash_changes_nothing(page, open_page, console):
    one = VECTORS["hashes"][1]
    fact = open_page("chaport.q('startSession');")
    wait_until(page, lambda: fact(SESSION).text_content() == "running")
    for visitor, hash_ in [
        (one["visitor"], FORGED),
        ({**one["visitor"], "name": "Eve"}, one["visitorIntegrityHash"]),
        # Another order of keys is other data.
        (VECTORS["hashes"][2]["visitor"], one["visitorIntegrityHash"]),
    ]:
        page.evaluate("args => chaport.setVisitorData(...args)", [visitor, hash_])
    wait_until(page, lambda: len(console) == 3)
    assert (console, fact(VISITOR).text_content()) == ([REFUSED_HASH] * 3, NONE)


# sha1 of the salt and of what PHP makes of this: null is part of what was signed.
SIGNED = {"name": "J", "phone": None}
SIGNATURE = hashlib.sha1((VECTORS["salt"] + '{"name":"J","phone":null}').encode()).hexdigest()


@pytest.mark.parametrize("place", ["option", "device"])
def test_the_hash_of_an_option_is_of_the_data_as_the_page_has_it(page, open_page, console, place):
    signed = {"visitor": SIGNED, "visitorIntegrityHash": SIGNATURE}
    options = signed if place == "option" else {"devices": {"configs": {"desktop": signed}}}
    fact = open_page("chaport.q('startSession');", **options)
    wait_until(page, lambda: fact(VISITOR).text_content() == '{"name":"J"}')
    path = "visitor" if place == "option" else "devices.configs.desktop.visitor"
    what = f"{path}.phone must be text, not null; left out"
    assert console == [f"warning: [chaport preview] {what}"]


def test_the_salt_does_not_stay(page, open_page):
    open_page("chaport.q('startSession');")
    page.wait_for_function("!!chaport.open")
    everything = "[document.querySelector('aside').shadowRoot.innerHTML, JSON.stringify({...sessionStorage}), JSON.stringify({...localStorage})]"  # noqa: E501
    assert page.evaluate("'chaportPreviewSalt' in window") is False
    assert not [text for text in page.evaluate(everything) if VECTORS["salt"] in text]


@pytest.mark.parametrize(
    ("salt", "host"), [(VECTORS["salt"], "example.localhost"), (5, "127.0.0.1")]
)
def test_elsewhere_it_takes_no_salt(page, open_page, console, salt, host):
    fact = open_page(start({**VECTORS["tokens"][0], "token": FORGED}), salt, host)
    wait_until(page, lambda: fact(SESSION).text_content() == "running")
    assert console == [
        "warning: [chaport preview] chaportPreviewSalt is for tests on this machine, with a made-up"
        " salt as text; nothing was checked. If that was your account's salt, change it in Chaport"
    ]
