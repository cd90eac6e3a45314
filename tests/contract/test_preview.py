"""Holds what every host promises about the preview widget: shipped once, found from every page."""

import hashlib
import re
from urllib.parse import urljoin

from tests.contract.hosts import APP_ID, Page, Site
from tests.contract.test_insertion import plain
from tests.contract.written_site import read_chats, read_files, without_chat

from chaport_core.loader import VENDOR_SCRIPT, loader_script

PAGES = {name: Page() for name in ("index.md", "a.md", "deep/er/b.md")}
ADDRESS = "https://example.org/docs/en/"


def site(widget):
    return Site(PAGES, {"appId": APP_ID, "widget": widget}, address=ADDRESS)


def widget_address(scripts):
    """The address that a page's loader gives the widget's script."""
    (script,) = scripts
    return re.search(r"\.src='([^']*)'", script)[1]


def test_the_widget_is_shipped_once_and_found_from_every_page(host, build):
    built, without = (build(host, one) for one in (site("preview"), site("live")))
    files = read_files(built.folder)
    (name,) = set(files) - set(read_files(without.folder))
    digest = hashlib.sha256(files[name]).hexdigest()
    assert re.fullmatch(rf"(?:.+/)?chaport-preview\.{digest[:8]}\.js", name)
    chats = read_chats(built.folder)
    found = {
        page: urljoin(ADDRESS + page, widget_address(chat.scripts)) for page, chat in chats.items()
    }
    assert found == dict.fromkeys(
        ("404.html", *(host.output(source) for source in PAGES)), ADDRESS + name
    )
    # The page for a wrong address is served at that address, however deep.
    lost = urljoin(ADDRESS + "no/such/page/", widget_address(chats["404.html"].scripts))
    assert lost == ADDRESS + name


def test_a_preview_differs_from_a_live_page_in_the_address_alone(host, build):
    preview, live = (build(host, site(kind)).folder for kind in ("preview", "live"))
    for page, chat in read_chats(preview).items():
        address = widget_address(chat.scripts)
        assert read_chats(live)[page].record == chat.record
        assert chat.scripts[0].replace(address, VENDOR_SCRIPT) == loader_script()


def test_a_live_build_knows_nothing_of_the_preview(host, build):
    live = site("live")
    files = read_files(build(host, live).folder)
    assert [name for name, content in files.items() if b"preview" in name.encode() + content] == []
    assert without_chat(files) == read_files(build(host, plain(live)).folder)
