"""Holds what every host promises about the preview widget: shipped once, found from every page."""

import hashlib
import re
from dataclasses import replace
from urllib.parse import urljoin

from tests.contract.test_insertion import plain
from tests.contract.test_resolution import EXPECTED, SITE
from tests.contract.written_site import read_chats, read_files

from chaport_core.page.scripts import VENDOR_SCRIPT, loader_script

PREVIEW = replace(SITE, options=SITE.options | {"widget": "preview"})


def widget_address(scripts):
    """The address that a page's loader gives the widget's script."""
    (script,) = scripts
    return re.search(r"\.src='([^']*)'", script)[1]


def chats_of(folder):
    """What the pages with chat say about it."""
    return {page: chat for page, chat in read_chats(folder).items() if chat.record is not None}


def test_the_widget_is_shipped_once_and_found_from_every_page(host, build):
    preview, live = build(host, PREVIEW), build(host, SITE)
    files = read_files(preview.folder)
    (name,) = set(files) - set(read_files(live.folder))
    digest = hashlib.sha256(files[name]).hexdigest()
    assert re.fullmatch(rf"(?:.+/)?chaport-preview\.{digest[:8]}\.js", name)
    chats = chats_of(preview.folder)
    pages = ["404.html", *(host.output(page) for page, config in EXPECTED.items() if config)]
    found = {
        page: urljoin(SITE.address + page, widget_address(chat.scripts))
        for page, chat in chats.items()
    }
    assert found == dict.fromkeys(pages, SITE.address + name)
    # The page for a wrong address is served at that address, however deep.
    lost = urljoin(f"{SITE.address}no/such/page/", widget_address(chats["404.html"].scripts))
    assert lost == SITE.address + name


def test_a_preview_differs_from_a_live_page_in_the_address_alone(host, build):
    previewed, live = (chats_of(build(host, site).folder) for site in (PREVIEW, SITE))
    assert {page: chat.record for page, chat in previewed.items()} == {
        page: chat.record for page, chat in live.items()
    }
    for chat in previewed.values():
        (script,) = chat.scripts
        assert script.replace(widget_address(chat.scripts), VENDOR_SCRIPT) == loader_script()


def test_a_live_build_knows_nothing_of_the_preview(host, build):
    files = read_files(build(host, SITE).folder)
    assert set(files) == set(read_files(build(host, plain(SITE)).folder))
    assert [name for name, content in files.items() if b"chaport-preview" in content] == []
