"""Holds what every host promises where pages are swapped: one runtime, on each page."""

import hashlib
import re
from dataclasses import replace
from urllib.parse import urljoin

from tests.contract.hosts import Page, Site
from tests.contract.test_insertion import plain
from tests.contract.test_resolution import SITE
from tests.contract.written_site import read_chats, read_files

from chaport_core.page.scripts import loader_script, runtime

SWAPPED = replace(SITE, options=SITE.options | {"navigation": "always"})
RUNTIME = re.compile(r'<script defer src="([^"]*chaport-runtime[^"]*)"></script>')


def pages_of(folder):
    """The text of each HTML page below a folder, by its path."""
    return {
        name: content.decode()
        for name, content in read_files(folder).items()
        if name.endswith(".html")
    }


def test_the_runtime_is_shipped_once_and_found_from_every_page(host, build):
    swapped, live = build(host, SWAPPED), build(host, SITE)
    files = read_files(swapped.folder)
    (name,) = set(files) - set(read_files(live.folder))
    assert files[name].decode() == runtime().text
    assert name.endswith(f"chaport-runtime.{hashlib.sha256(files[name]).hexdigest()[:8]}.js")
    pages = pages_of(swapped.folder)
    found = {page: RUNTIME.findall(text) for page, text in pages.items()}
    addresses = {
        page: [urljoin(SITE.address + page, address) for address in of]
        for page, of in found.items()
    }
    # A page with the vendor's own code is refused, and left as it was.
    refused = host.output("pasted.md")
    assert addresses == {page: [SITE.address + name] for page in pages} | {refused: []}
    # The page for a wrong address is served at that address, however deep.
    if "404.html" in found:
        lost = urljoin(f"{SITE.address}no/such/page/", *found["404.html"])
        assert lost == SITE.address + name


def test_records_are_those_of_a_site_that_loads_documents(host, build):
    swapped, live = (read_chats(build(host, site).folder) for site in (SWAPPED, SITE))
    configs = [
        {page: chat.record and chat.record["config"] for page, chat in chats.items()}
        for chats in (swapped, live)
    ]
    assert configs[0] == configs[1]
    languages = {chat.record["lang"] for chat in swapped.values() if chat.record}
    assert languages == {SITE.language}


def test_a_page_that_is_off_keeps_what_the_next_one_needs(host, build):
    site = Site({"on.md": Page(), "off.md": Page("chaport: false")}, options=SWAPPED.options)
    pages, bare = (pages_of(build(host, one).folder) for one in (site, plain(site)))
    name = host.output("off.md")
    (address,) = RUNTIME.findall(pages[name])
    ours = f'<script>{loader_script()}</script><script defer src="{address}"></script>'
    assert pages[name] == bare[name].replace("</head>", f"{ours}</head>", 1)


def test_never_means_never(host, build):
    files = read_files(
        build(host, replace(SITE, options=SITE.options | {"navigation": "never"})).folder
    )
    assert [name for name, content in files.items() if b"chaport-runtime" in content] == []
