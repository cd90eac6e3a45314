"""Holds what every host promises about settings: which page gets which configuration."""

import textwrap

from tests.contract.hosts import Page, Site
from tests.contract.written_site import read_records
from tests.far_end.addresses import APP_ID

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
OPTIONS = {
    "appId": APP_ID,
    "appearance": {"position": ["right", 20, 40], "teamName": "Docs"},
    "history": False,
}
PAGES = {
    "api/**": {"launcher": {"show": False}, "appearance": {"teamName": "API"}},
    "api/new.md": {"launcher": {"show": True}},
    "api/old/**": {"appearance": None, "history": None},
    "legal/**": False,
    "legal/contact.md": True,
    "404.html": {"openIn": "_blank"},
    # Where one host or the other writes guide/start.md and guide/hidden.md.
    "guide/start/index.html": False,
    "guide/start.html": False,
    "guide/hidden/index.html": {"launcher": {"show": False}},
    "guide/hidden.html": {"launcher": {"show": False}},
}
# What an element to open chat in looks like in Markdown.
CHAT_HERE = '<div id="chat" class="help"></div>'

SOURCES = {
    "index.md": Page(),
    "api/index.md": Page(),
    "api/new.md": Page(),
    "api/front.md": Page('chaport: {"launcher": {"show": true}, "appearance": {"teamName": "Me"}}'),
    "api/null.md": Page('chaport: {"appearance": {"teamName": null}, "launcher": null}'),
    "api/old/index.md": Page(),
    "legal/terms.md": Page(),
    "legal/contact.md": Page(),
    "legal/on.md": Page("chaport: true"),
    "legal/settings.md": Page('chaport: {"launcher": {"show": false}}'),
    "legal/enabled.md": Page('chaport: {"enabled": true, "openIn": "_self"}'),
    "off.md": Page("chaport: false"),
    "no.md": Page("chaport: no"),
    "disabled.md": Page('chaport: {"enabled": false, "openIn": "_blank"}'),
    "json.md": Page('chaport: {"openIn": {"selector": "#chat"}}', CHAT_HERE),
    "flat.md": Page(
        "chaport_launcher: false\n"
        "chaport_open_in: .help\n"
        "chaport_language: de\n"
        "chaport_triggers: false\n"
        "chaport_history: true\n"
        "chaport_close_button: true\n"
        "chaport_responsive: false\n",
        CHAT_HERE,
    ),
    "guide/start.md": Page(),
    "guide/hidden.md": Page(),
    "shown.md": Page(text="Paste this:\n\n" + textwrap.indent(SNIPPET, "    ")),
    "pasted.md": Page(text=SNIPPET),
    # Where the host has a YAML reader (Pelican: the plugin yaml-metadata).
    "nested.md": Page(
        "chaport:\n"
        "  launcher: {show: false}\n"
        "  openIn: {selector: '#chat'}\n"
        "  history: null\n"
        "  appearance:\n"
        "    position: [left]\n",
        CHAT_HERE,
    ),
    "folded.md": Page("Chaport-Launcher: no\nCHAPORT_OPENIN: _blank\nchaportclosebutton: yes\n"),
}
SITE = Site(SOURCES, OPTIONS | {"pages": PAGES}, address="https://example.org/docs/en/")


def record(config):
    """A page's record on a site in English."""
    return {"config": {"appId": APP_ID, **config}, "v": "1", "lang": "en"}


HTML = {"source": "html"}
POSITION = ["right", 20, 40]
SITE_WIDE = {
    "appearance": {"position": POSITION, "teamName": "Docs"},
    "history": False,
    "language": HTML,
}
API = SITE_WIDE | {"appearance": {"position": POSITION, "teamName": "API"}}
HIDDEN, SHOWN = {"launcher": {"show": False}}, {"launcher": {"show": True}}
EXPECTED = {
    "index.md": SITE_WIDE,
    "api/index.md": API | HIDDEN,
    "api/new.md": API | SHOWN,
    "api/front.md": API | SHOWN | {"appearance": {"position": POSITION, "teamName": "Me"}},
    "api/null.md": API | {"appearance": {"position": POSITION}},
    "api/old/index.md": HIDDEN | {"language": HTML},
    "legal/terms.md": None,
    "legal/contact.md": SITE_WIDE,
    "legal/on.md": SITE_WIDE,
    "legal/settings.md": None,
    "legal/enabled.md": SITE_WIDE | {"openIn": "_self"},
    "off.md": None,
    "no.md": None,
    "disabled.md": None,
    "json.md": SITE_WIDE | {"openIn": {"selector": "#chat"}},
    "flat.md": SITE_WIDE
    | HIDDEN
    | {
        "openIn": {"selector": ".help"},
        "language": {"use": "de"},
        "triggers": False,
        "history": True,
        "closeButton": True,
        "responsive": False,
    },
    "guide/start.md": None,
    "guide/hidden.md": SITE_WIDE | HIDDEN,
    # Showing the vendor's own code is not running it.
    "shown.md": SITE_WIDE,
    "pasted.md": None,
    "nested.md": {
        "launcher": {"show": False},
        "openIn": {"selector": "#chat"},
        "appearance": {"position": ["left"], "teamName": "Docs"},
        "language": HTML,
    },
    "folded.md": SITE_WIDE | HIDDEN | {"openIn": "_blank", "closeButton": True},
}


def expected_records(host, expected, not_found):
    """The whole site's records: the page of each source, and the page for a wrong address."""
    configs = {host.output(source): config for source, config in expected.items()}
    configs["404.html"] = not_found
    return {
        output: None if config is None else record(config) for output, config in configs.items()
    }


def test_site_options_give_way_to_rows_in_order_and_rows_to_front_matter(host, build):
    built = build(host, SITE)
    assert read_records(built.folder) == expected_records(
        host, EXPECTED, SITE_WIDE | {"openIn": "_blank"}
    )
    assert built.code == 0


def test_an_allow_list_turns_chat_on_in_one_section_only(host, build):
    pages = {name: Page() for name in ("index.md", "other/faq.md", "support/index.md")}
    pages["support/faq.md"] = Page("chaport_launcher: false")
    pages["other/loud.md"] = Page("chaport_launcher: false")
    site = Site(pages, {"appId": APP_ID, "pages": {"**": False, "support/**": True}})
    expected = {
        "index.md": None,
        "other/faq.md": None,
        "other/loud.md": None,
        "support/index.md": {"language": HTML},
        "support/faq.md": HIDDEN | {"language": HTML},
    }
    assert read_records(build(host, site).folder) == expected_records(host, expected, None)


def test_a_site_that_is_off_carries_chat_where_a_row_or_a_page_turns_it_on(host, build):
    site = Site(
        {"index.md": Page(), "help.md": Page(), "own.md": Page("chaport: true")},
        {"appId": APP_ID, "enabled": False, "pages": {"help.md": {"enabled": True, **HIDDEN}}},
    )
    expected = {
        "index.md": None,
        "help.md": HIDDEN | {"language": HTML},
        "own.md": {"language": HTML},
    }
    assert read_records(build(host, site).folder) == expected_records(host, expected, None)
