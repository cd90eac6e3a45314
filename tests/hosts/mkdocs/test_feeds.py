"""Holds mkdocs-rss-plugin's feeds: their readers are elsewhere, so chat links lead there, too."""

import json
import re
from html import unescape

import pytest
from tests.far_end.addresses import APP_ID
from tests.hosts.mkdocs.conftest import is_installed

pytestmark = pytest.mark.skipif(
    not is_installed("mkdocs-rss-plugin"), reason="needs mkdocs-rss-plugin"
)
CONFIGURATION = f"""\
site_name: A site
site_url: https://example.org/docs/
plugins:
  - rss:
      use_git: false
      date_from_meta: {{as_creation: date, as_update: date}}
  - chaport: {{appId: {APP_ID}, fallback: contact/}}
"""
PAGE = """\
---
date: 2024-01-01 00:00
---
# Home

{link}, and `<a href="chaport:open">`.

<!-- more -->

Rest.
"""


def test_no_feed_holds_a_chat_link(project):
    project.write(
        {
            "mkdocs.yml": CONFIGURATION,
            "docs/index.md": PAGE.format(link='[Talk & more](chaport:open "Say")'),
        }
    )
    built = project.build("--strict")
    assert built.code == 0, built.console
    excerpt = (
        '<h1>Home</h1>\n<p><a href="https://example.org/docs/contact/" title="Say">Talk &amp; more'
        "</a>, and <code>&lt;a href=&quot;chaport:open&quot;&gt;</code>.</p>"
    )
    files = project.files()
    for name in ("feed_rss_created.xml", "feed_rss_updated.xml"):
        [text] = re.findall(r"<item>.*?<description>(.*?)</description>", files[name].decode())
        # The plugin puts all on one line.
        assert unescape(text).strip() == excerpt.replace("\n", " ").replace("&quot;", '"')
    for name in ("feed_json_created.json", "feed_json_updated.json"):
        [item] = json.loads(files[name])["items"]
        assert item["content_html"].strip() == excerpt.replace("&quot;", '"')
