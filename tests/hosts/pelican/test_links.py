"""Holds chat links in each of Pelican's readers: one way of writing them, one outcome."""

import re

from tests.far_end.addresses import HOSTED
from tests.hosts.pelican.conftest import CHAPORT

HREF = f'href="{HOSTED}"'
BLANK = """data-chaport="openIn" data-chaport-args='["_blank"]'"""
SOURCES = {
    "content/pages/a.md": (
        "Title: A\n\n[Talk](chaport:open), [tab][], `<a href='chaport:open'>`\n\n"
        "[tab]: chaport:openIn?target=_blank\n"
    ),
    "content/pages/b.rst": (
        "B\n=\n\n`Talk <chaport:open>`__, tab_, ``<a href='chaport:open'>``\n\n"
        ".. _tab: chaport:openIn?target=_blank\n"
    ),
    "content/pages/c.html": (
        "<html><head><title>C</title></head><body><a href='chaport:open'>Talk</a>,"
        ' <a HREF="chaport:openIn?target=_blank">tab</a>,'
        " <code>&lt;a href='chaport:open'&gt;</code></body></html>"
    ),
}


def test_markdown_rest_and_html_make_the_same_links(project):
    project.write(SOURCES)
    project.settings(DIRECT_TEMPLATES=[], CHAPORT=CHAPORT)
    built = project.build_quietly()
    rest = 'class="reference external" '
    for name, css in {"a": "", "b": rest, "c": ""}.items():
        html = built[f"pages/{name}.html"].decode()
        links = [tag for tag in re.findall("<a [^>]*>", html) if "chaport" in tag]
        # reST writes the class first, the other two the address.
        assert [tag.replace(css, "") for tag in links] == [
            f'<a {HREF} data-chaport="open">',
            f"<a {HREF} {BLANK}>",
        ]
        # reST writes <tt>, and puts each word into a <span>.
        code = re.search(r"<(code|tt)\b.*</\1>", html, re.S)[0]
        assert re.sub("<[^>]*>", "", code) == "&lt;a href='chaport:open'&gt;"
