"""Chat links in feeds: led elsewhere in each format, and not a character changed beside them."""

import pytest
from tests.far_end.addresses import APP_ID, HOSTED

from chaport_core.page.chat import Chat
from chaport_core.settings.site import read_settings


def led(feed, **options):
    settings, problems = read_settings({"appId": APP_ID, **options})
    assert problems == []
    return Chat(settings, ship=print).replace_feed_links(feed, "https://example.org/docs/")


ATOM = """<?xml version="1.0"?>\r
<!-- chaport:open -->
<feed xmlns="http://www.w3.org/2005/Atom"><title>All of chaport:open &amp; more</title>
<entry><link href="https://example.org/chaport:open"/>\
<summary type="html">&lt;p&gt;A &amp;amp; B &lt;a class='x' \
href={quote}{link}{quote}{call}&gt;x&lt;/a&gt;\
</summary>
<content type="xhtml"><div><a href="{raw}"{call_raw}>x</a></div></content></entry></feed>
"""
RSS = """<rss><channel><item><description><![CDATA[<p>&amp; <a href="{link}"{call}>x</a>]]>\
</description></item></channel></rss>
"""
JSON = """ {{"version": "1", "items": [{{"id": "chaport:open", "content_html":
 "<p>\\u00e9 \\"q\\" <a href=\\"{link}\\"{call}>x</a>", "x": "\\ud800 chaport:"}}]}}
"""


@pytest.mark.parametrize("quote", ['"', "&quot;", "&#34;", "'"])
def test_atom_as_text_and_as_elements(quote):
    feed = ATOM.format(
        quote=quote, link="chaport:open", call="", raw="chaport:openIn?target=_blank", call_raw=""
    )
    written = ATOM.format(quote='"', link=HOSTED, call="", raw=HOSTED, call_raw="")
    assert led(feed) == written


def test_rss_in_cdata():
    feed = RSS.format(link="chaport:open", call=' data-chaport="open"')
    assert led(feed) == RSS.format(link=HOSTED, call="")


def test_json_feed():
    feed = JSON.format(link="chaport:open", call="")
    assert led(feed) == JSON.format(link=HOSTED, call="")


@pytest.mark.parametrize(
    ("fallback", "address"),
    [
        ("contact/", "https://example.org/docs/contact/"),
        ("/contact/", "https://example.org/contact/"),
        ("mailto:help@example.org", "mailto:help@example.org"),
    ],
)
def test_a_fallback_on_the_site_is_a_whole_address(fallback, address):
    feed = RSS.format(link="chaport:open", call="")
    assert led(feed, fallback=fallback) == RSS.format(link=address, call="")


def test_without_a_fallback_there_is_no_address():
    feed = RSS.format(link="chaport:open", call="")
    assert led(feed, fallback=False) == feed.replace(' href="chaport:open"', "")


CODE = "&lt;code&gt;&amp;lt;a href=&quot;chaport:open&quot;&amp;gt;&lt;/code&gt;"


@pytest.mark.parametrize(
    "feed",
    [
        f'<feed><content type="html">{CODE}</content></feed>',
        "<rss><description>chaport:open &nbsp; &eacute;</description></rss>",
        '{"a": "chaport:open \\u00e9", "b": "unfinished chaport:',
        "chaport: <",
        "",
    ],
)
def test_what_is_no_chat_link_stays(feed):
    assert led(feed) == feed
