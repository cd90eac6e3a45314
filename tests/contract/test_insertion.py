"""Holds what every host promises about a page's bytes: one splice, or nothing at all."""

from tests.contract.hosts import Site
from tests.contract.test_resolution import SITE
from tests.contract.written_site import read_files, read_records, read_scripts, without_chat

from chaport_core.page.scripts import loader_script


def plain(site):
    """The same site without our plugin."""
    return Site(site.pages, None, site.language, site.address, site.bare_theme, site.raw_pages)


def test_apart_from_the_splice_every_file_is_as_the_host_wrote_it(host, build):
    with_chat, without = build(host, SITE), build(host, plain(SITE))
    assert (with_chat.code, without.code) == (0, 0)
    assert without_chat(read_files(with_chat.folder)) == read_files(without.folder)


def test_a_page_without_chat_is_byte_for_byte_the_host_s(host, build):
    with_chat, without = build(host, SITE), build(host, plain(SITE))
    files, untouched = read_files(with_chat.folder), read_files(without.folder)
    records = read_records(with_chat.folder)
    same = {name for name in files if files[name] == untouched[name] and name in records}
    assert same == {name for name, record in records.items() if record is None}


def test_the_loader_is_the_same_on_every_page_of_every_host(host, build):
    """One published hash admits it under a Content-Security-Policy."""
    assert read_scripts(build(host, SITE).folder) == {(loader_script(),)}


def test_the_console_has_a_line_for_a_page_that_carries_the_vendor_s_code_and_one_more(host, build):
    said = [
        {
            message
            for level in ("INFO", "WARNING", "ERROR", "CRITICAL")
            for message in host.messages(build(host, site).console, level)
            if not message.startswith(("Documentation built", "Building documentation"))
            and message not in host.summaries(build(host, site).console)
        }
        for site in (SITE, plain(SITE))
    ]
    pasted = (
        "pasted.md: already carries Chaport's own installation code, so it was left as it is;"
        " remove the code from the theme or the page to have this plugin's settings"
    )
    assert said[0] - said[1] == {pasted}
    assert said[1] - said[0] == set()
    summaries = [len(host.summaries(build(host, site).console)) for site in (SITE, plain(SITE))]
    assert summaries == [1, 0]
