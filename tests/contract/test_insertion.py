"""Holds what every host promises about a page's bytes: one splice, or nothing at all."""

from tests.contract.hosts import APP_ID, Page, Site
from tests.contract.test_resolution import SITE
from tests.contract.written_site import read_files, read_records, read_scripts, without_chat

from chaport_core.loader import loader_script

SNIPPET = """\
<script>
(function(w,d,v3){
w.chaportConfig = { appId: 'ffffffffffffffffffffffff' };
if(w.chaport)return;v3=w.chaport={};v3._q=[];v3._l={};
v3.q=function(){v3._q.push(arguments)};
v3.on=function(e,fn){if(!v3._l[e])v3._l[e]=[];v3._l[e].push(fn)};
var s=d.createElement('script');s.type='text/javascript';s.async=true;
s.src='https://app.chaport.com/javascripts/insert.js';
var ss=d.getElementsByTagName('script')[0];ss.parentNode.insertBefore(s,ss)})(window, document);
</script>
"""
"""The vendor's minimal installation code."""
SHOWN = "Paste this:\n\n" + "".join(f"    {line}\n" for line in SNIPPET.splitlines())


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


def test_a_site_with_chat_says_nothing_more_on_the_console(host, build):
    levels = ("INFO", "WARNING", "ERROR", "CRITICAL")
    said = [
        [
            message
            for level in levels
            for message in host.messages(build(host, site).console, level)
            if not message.startswith(("Documentation built", "Building documentation"))
        ]
        for site in (SITE, plain(SITE))
    ]
    assert said[0] == said[1]


def test_a_page_that_shows_the_vendor_s_code_has_chat_and_one_that_runs_it_is_left_alone(
    host, build
):
    pages = {"index.md": Page(), "shown.md": Page(text=SHOWN), "pasted.md": Page(text=SNIPPET)}
    site = Site(pages, {"appId": APP_ID})
    built, untouched = build(host, site), build(host, plain(site))
    record = {"config": {"appId": APP_ID, "language": {"source": "html"}}, "v": "1", "lang": "en"}
    assert read_records(built.folder) == {
        "404.html": record,
        "index.html": record,
        host.output("shown.md"): record,
        host.output("pasted.md"): None,
    }
    assert without_chat(read_files(built.folder)) == read_files(untouched.folder)
    assert host.messages(built.console, "WARNING") == [
        "pasted.md: already carries Chaport's own installation code, so it was left as it is;"
        " remove the code from the theme or the page to have this plugin's settings"
    ]
