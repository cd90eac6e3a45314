"""Holds what every host promises about logged-in readers: each page with chat asks the backend."""

from dataclasses import replace
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser
from tests.contract.test_resolution import EXPECTED, SITE
from tests.contract.written_site import read_chats, read_files

from chaport_core.page.scripts import identity

OPTIONS = {"path": "/account/chat", "csrf": {"header": "X-CSRFToken", "cookie": "csrftoken"}}
KNOWING = replace(SITE, options=SITE.options | {"identity": OPTIONS})


def asking(html):
    """What the pages' script is told, and where it stands."""
    (script,) = LexborHTMLParser(html.decode()).css("script[src*=chaport-identity]")
    attributes = {name: value or "" for name, value in script.attributes.items()}
    return attributes, attributes.pop("src")


def test_each_page_with_chat_asks_and_its_session_waits(host, build):
    knowing, other = build(host, KNOWING), build(host, SITE)
    files = read_files(knowing.folder)
    (name,) = set(files) - set(read_files(other.folder))
    assert (name.rpartition("/")[2], files[name].decode()) == identity()
    chats = read_chats(knowing.folder)
    pages = {"404.html", *(host.output(page) for page, config in EXPECTED.items() if config)}
    told = {
        "defer": "",
        "data-path": "/account/chat",
        "data-csrf-header": "X-CSRFToken",
        "data-csrf-cookie": "csrftoken",
    }
    found = {page: asking(files[page]) for page, chat in chats.items() if chat.record is not None}
    assert set(found) == pages
    assert [page for page, (attributes, _) in found.items() if attributes != told] == []
    places = {urljoin(SITE.address + page, address) for page, (_, address) in found.items()}
    assert places == {SITE.address + name}
    sessions = [chats[page].record["config"]["session"] for page in pages]
    assert sessions == [{"autoStart": False}] * len(pages)
    without = [page for page in files if page.endswith(".html") and page not in found]
    assert [page for page in without if b"chaport-identity" in files[page]] == []
