"""`identity`: what an author may write, what pages carry, and that no session starts by itself."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.far_end.addresses import APP_ID

from chaport_core.page.chat import Chat, Page
from chaport_core.page.scripts import ShippedFile, deferred_script, head_scripts, identity, runtime
from chaport_core.problem import printable
from chaport_core.settings.site import read_settings

PAGE = (Path(__file__).parents[1] / "page-of-10-kb.html").read_text(encoding="utf-8")
ChatOf = Callable[..., Chat]
HELD = {"autoStart": False}


def problems_of(**options: Any) -> list[str]:
    return [str(one) for one in read_settings({"appId": APP_ID, **options})[1]]


@pytest.mark.parametrize(
    "value",
    [
        "/account/chat",
        "/a",
        "/.netlify/functions/chat?from=chat&x=%C3%A9",
        "/~me/chat.php",
        "/a//b",
        {"path": "/a"},
        {"path": "/a", "csrf": None},
        {"path": "/a", "csrf": {"header": "X-CSRFToken", "cookie": "csrftoken"}},
        {"path": "/a", "csrf": {"header": "x-xsrf-token", "cookie": "__Host-XSRF.TOKEN!"}},
        {"path": "/a", "csrf": {"header": "X-Requested-With"}},
        None,
    ],
)
def test_what_an_author_may_write(value: object) -> None:
    settings, problems = read_settings({"appId": APP_ID, "identity": value})
    assert problems == []
    assert settings is not None
    assert settings.identity == value


NO_PATH = (
    "expected a path on this site that begins with one slash, such as /account/chat (no other host,"
    " no #, no spaces, no letters beyond ASCII), found the text '{}'"
)
NO_PATHS = [
    *("//evil.example/a", "https://evil.example/a", "account/chat", "/", "", "\\\\evil", "/\\evil"),
    *("/a b", "/a#b", "/é", "/a\tb", "/a\n", "\t/a", "javascript:alert(1)", "@evil.example/a"),
]


@pytest.mark.parametrize("path", NO_PATHS)
def test_no_path_leads_to_another_host(path: str) -> None:
    assert problems_of(identity=path) == [f"identity: {NO_PATH.format(printable(path))}"]
    assert problems_of(identity={"path": path}) == [
        f"identity.path: {NO_PATH.format(printable(path))}"
    ]


NEITHER = ": expected a path such as /account/chat, or a mapping {path: ...}"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (True, f"{NEITHER}, found true"),
        (5, f"{NEITHER}, found the number 5"),
        ({}, ".path: is missing"),
        ({"path": "/a", "csrf": {"cookie": "csrftoken"}}, ".csrf.header: is missing"),
        (
            {"path": "/a", "csrf": {"header": "X CSRF"}},
            ".csrf.header: expected a header's name, such as X-CSRFToken, found the text 'X CSRF'",
        ),
        (
            {"path": "/a", "csrf": {"header": "X-A", "cookie": "a=b"}},
            ".csrf.cookie: expected a cookie's name, such as csrftoken, found the text 'a=b'",
        ),
        (
            {"path": "/a", "csrfHeader": "X-A"},
            ".csrfHeader: is not an option here; expected one of path, csrf",
        ),
    ],
)
def test_a_mistake_is_one_sentence(value: object, told: str) -> None:
    assert problems_of(identity=value) == [f"identity{told}"]


@pytest.mark.parametrize(
    "query", ["apiKey=x", "a=1&token=abc", "k=5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8"]
)
def test_a_secret_in_the_path_is_refused_and_not_repeated(query: str) -> None:
    told = (
        "has a query that looks like a secret, and a page is public; remove it: the cookies tell"
        " your backend who is reading"
    )
    for value, place in ((f"/a?{query}", "identity"), ({"path": f"/a?{query}"}, "identity.path")):
        settings, problems = read_settings({"appId": APP_ID, "identity": value})
        assert settings is None
        assert [(str(one), one.severity) for one in problems] == [(f"{place}: {told}", "secret")]


def test_it_is_the_sites_and_no_pages() -> None:
    told = "is not an option here; it stands at the top of the configuration"
    assert problems_of(pages={"a/**": {"identity": "/a"}}) == [f'pages."a/**".identity: {told}']


NO_EFFECT = (
    "has no effect because identity is set: the session starts when the backend has said who is"
    " reading; remove it"
)


def test_a_session_that_would_start_by_itself_is_a_warning_wherever_it_is_asked_for(
    record_in: Callable[[str], dict[str, Any] | None],
) -> None:
    starts = {"session": {"autoStart": True}}
    asks = {"devices": {"configs": {"ios": starts}}, "pages": {"a/**": starts, "b/**": False}}
    assert problems_of(**starts, **asks) == []
    settings, problems = read_settings({"appId": APP_ID, "identity": "/a", **starts, **asks})
    assert [(str(one), one.severity) for one in problems] == [
        (f"session.autoStart: {NO_EFFECT}", "warning"),
        (f'pages."a/**".session.autoStart: {NO_EFFECT}', "warning"),
        (f"devices.configs.ios.session.autoStart: {NO_EFFECT}", "warning"),
    ]
    assert settings is not None
    page = Page("a/x.html", "a/x.md", {"chaport": {"session": {"autoStart": True}}})
    html, problems = Chat(settings, print).add_to(PAGE, page)
    assert [str(one) for one in problems] == [f"chaport.session.autoStart: {NO_EFFECT}"]
    assert record_in(html) == {
        "appId": APP_ID,
        "session": HELD,
        "devices": {"configs": {"ios": {"session": HELD}}},
        "language": {"source": "html"},
    }


def test_the_session_waits_and_the_rest_of_it_stays(
    chat_of: ChatOf, record_in: Callable[[str], dict[str, Any] | None]
) -> None:
    session = {"persist": False, "cookieDomain": "example.org"}
    devices = {"configs": {"ios": {"history": False}}, "exclude": ["android"]}
    common = {"appId": APP_ID, "language": {"source": "html"}}
    for options, expected in (
        ({}, {"session": HELD}),
        ({"session": session}, {"session": {**session, **HELD}}),
        ({"session": HELD}, {"session": HELD}),
        ({"devices": devices}, {"devices": devices, "session": HELD}),
    ):
        html, problems = chat_of(identity="/a", **options).add_to(PAGE, Page("x.html"))
        assert problems == []
        assert record_in(html) == {**common, **expected}
    html, _ = chat_of(session=session).add_to(PAGE, Page("x.html"))
    assert record_in(html) == {**common, "session": session}


def added(html: str) -> str:
    """What stands after the record."""
    return html.partition('data-v="1">')[2].partition("</head>")[0]


@pytest.mark.parametrize(
    ("value", "attributes"),
    [
        ("/account/chat", ' data-path="/account/chat"'),
        (
            {"path": "/a?b=1&c='\">", "csrf": {"header": "X-A", "cookie": "c'&"}},
            ' data-path="/a?b=1&amp;c=&#x27;&quot;&gt;" data-csrf-header="X-A"'
            ' data-csrf-cookie="c&#x27;&amp;"',
        ),
        ({"path": "/a", "csrf": {"header": "X-A"}}, ' data-path="/a" data-csrf-header="X-A"'),
    ],
)
def test_a_page_with_chat_carries_the_script_and_the_loader_is_the_same(
    chat_of: ChatOf, value: object, attributes: str
) -> None:
    shipped: list[ShippedFile] = []
    chat = chat_of(ship=shipped.append, identity=value)
    html, _ = chat.add_to(PAGE, Page("a/b.html"))
    script = deferred_script(f"../{identity().name}", attributes)
    assert added(html) == head_scripts("none") + script
    assert shipped == [identity()]
    assert re.fullmatch(r"chaport-identity\.[0-9a-f]{8}\.js", identity().name)
    # A page that is off is none of ours.
    assert chat.add_to(PAGE, Page("c.html", metadata={"chaport": False}))[0] == PAGE


def test_where_pages_are_swapped_a_page_that_is_off_carries_it_for_the_next(
    chat_of: ChatOf,
) -> None:
    chat = chat_of(identity="/a", navigation="always", ship=lambda file: None)
    html, _ = chat.add_to(PAGE, Page("c.html", metadata={"chaport": False}))
    scripts = head_scripts("none", runtime_address=runtime().name)
    scripts += deferred_script(identity().name, ' data-path="/a"')
    assert html == PAGE.replace("</head>", f"{scripts}</head>", 1)


def test_a_site_without_it_ships_nothing_of_it(chat_of: ChatOf) -> None:
    shipped: list[ShippedFile] = []
    html, _ = chat_of(ship=shipped.append).add_to(PAGE, Page("a.html"))
    assert (shipped, "chaport-identity" in html) == ([], False)
