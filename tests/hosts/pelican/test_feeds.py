"""Holds Pelican's feeds: their readers are elsewhere, so chat links lead there, too."""

import xml.etree.ElementTree as ET

import pytest
from tests.hosts.pelican.conftest import CHAPORT

FEEDS = {
    "FEED_ALL_ATOM": "feeds/all.atom.xml",
    "FEED_ALL_RSS": "feeds/all.rss.xml",
    "CATEGORY_FEED_ATOM": "feeds/{slug}.atom.xml",
    "RSS_FEED_SUMMARY_ONLY": False,
}
ARTICLE = """\
Title: One
Date: 2024-01-01
Summary: <a href="chaport:open">Short</a>

[Talk & more](chaport:open "Say"), `<a href="chaport:open">`,
<button data-chaport="toggle">Chat</button>.
"""
TITLED = '<a href="{}" title="Say">Talk &amp; more</a>'
CODE = '<code>&lt;a href="chaport:open"&gt;</code>'


@pytest.mark.parametrize(
    ("fallback", "address", "site"),
    [
        ({}, "https://app.chaport.com/widget/show.html?appid={appId}", {}),
        ({"fallback": "contact/"}, "https://example.org/site/contact/", {}),
        ({"fallback": "/contact/"}, "https://example.org/contact/", {}),
        (
            {"fallback": "contact/"},
            "https://feeds.example.org/contact/",
            {"SITEURL": "", "FEED_DOMAIN": "https://feeds.example.org"},
        ),
    ],
)
def test_no_feed_holds_a_chat_link(project, fallback, address, site):
    project.write({"content/one.md": ARTICLE})
    project.settings(CHAPORT=CHAPORT | fallback, **FEEDS, **site)
    project.build()
    address = address.format(**CHAPORT)
    summary = f'<p><a href="{address}">Short</a></p>'
    content = f"<p>{TITLED.format(address)}, {CODE},\n<button>Chat</button>.</p>"
    atom = {"summary": summary, "content": content}
    files = project.files()
    assert texts_of(files["feeds/all.atom.xml"], *atom) == atom
    assert texts_of(files["feeds/misc.atom.xml"], *atom) == atom
    assert texts_of(files["feeds/all.rss.xml"], "description") == {"description": content}


def texts_of(feed, *names):
    """The texts of a feed's one item."""
    elements = [(one.tag.rpartition("}")[2], one.text) for one in ET.fromstring(feed).iter()]
    start = next(i for i, (name, _) in enumerate(elements) if name in ("entry", "item"))
    return {name: text for name, text in elements[start:] if name in names}
