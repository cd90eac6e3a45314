"""The contract of chat links: Markdown and HTML alike, on every host, in the finished page."""

import re
from html import unescape

from tests.contract.hosts import Page, Site
from tests.far_end.addresses import APP_ID, HOSTED

from chaport_core.page.scripts import content

LINKS = """\
[Talk](chaport:open), [in a tab](chaport:openIn?target=_blank "A title").

<a class="x" href="chaport:setActiveTrigger?message=It's%20here">Say</a>
<button data-chaport="toggle">Chat</button>

    [code](chaport:open) <a href="chaport:open">
"""
OPTIONS = {"appId": APP_ID}
SALT = "0123456789abcdef0123456789abcdef01234567"


def links_in(html):
    """The elements of the page's text that we touched or should have."""
    return [
        tag
        for tag in re.findall(r"<(?:a|button)\b[^>]*>", html)
        if re.search("chaport|contact/|href>", tag)
    ]


def page_of(host, build, name):
    return (build.folder / host.output(name)).read_text(encoding="utf-8")


def call(method, arguments):
    return f"data-chaport=\"{method}\" data-chaport-args='{arguments}'"


BLANK = call("openIn", '["_blank"]')
SAY = call("setActiveTrigger", r"""[{"message":"It\u0027s here"}]""")


def test_every_link_is_a_real_one_with_its_call_and_strict_accepts_it(host, build):
    site = Site({"index.md": Page(text=LINKS), "plain.md": Page()}, OPTIONS)
    built = build(host, site, *host.strict)
    assert built.code == 0, built.console
    html = page_of(host, built, "index.md")
    assert links_in(html) == [
        f'<a href="{HOSTED}" data-chaport="open">',
        f'<a href="{HOSTED}" title="A title" {BLANK}>',
        f'<a class="x" href="{HOSTED}" {SAY}>',
        f'<button data-chaport="toggle" data-chaport-fallback="{HOSTED}">',
    ]
    text = unescape(re.sub("<[^>]*>", "", html))
    assert '[code](chaport:open) <a href="chaport:open">' in text
    assert re.findall(r'<script defer src="([^"]*chaport[^"]*)"', html) == [content().name]
    assert (built.folder / content().name).read_text(encoding="utf-8") == content().text
    assert content().name not in page_of(host, built, "plain.md")


def test_a_page_without_chat_has_plain_links(host, build):
    text = "[Talk](chaport:open)"
    site = Site(
        {"index.md": Page(), "a/off.md": Page("chaport: false", text)},
        OPTIONS | {"fallback": "contact/"},
    )
    built = build(host, site, *host.strict)
    assert built.code == 0, built.console
    root = "../" * host.output("a/off.md").count("/")
    html = page_of(host, built, "a/off.md")
    assert links_in(html) == [f'<a href="{root}contact/">']
    assert not (built.folder / content().name).exists()


def test_a_mistake_names_the_page_and_strict_stops(host, build):
    text = "[Talk](chaport:opne)"
    site = Site({"index.md": Page(), "help.md": Page(text=text)}, OPTIONS)
    built = build(host, site)
    told = "help.md: the link 'chaport:opne': opne: is not a method of Chaport; did you mean open?"
    assert (built.code, host.messages(built.console, "WARNING")) == (0, [told])
    assert f'<a href="{HOSTED}">Talk</a>' in page_of(host, built, "help.md")
    assert build(host, site, *host.strict).code != 0


def test_a_secret_in_a_link_stops_the_build_before_any_page_is_written(host, build):
    link = "[Talk](chaport:setVisitorData?email=reader@example.org)"
    button = f"<button data-chaport='startSession' data-chaport-args='[\"{SALT}\"]'>x</button>"
    pages = {"index.md": Page(), "a.md": Page(text=link), "b.md": Page(text=button)}
    built = build(host, Site(pages, OPTIONS))
    assert built.code != 0
    told = [
        "a.md: the link 'chaport:setVisitorData': visitor.email: would be the same for every"
        " reader of the page; call setVisitorData() in the site's own script once you know who is"
        " reading (visitor.custom may stay here); remove it",
        'b.md: data-chaport="startSession": session.user: holds a visitor\'s credentials, and'
        " whoever reads the page would be that visitor; give them to startSession() in the site's"
        " own script, from your backend; remove it",
    ]
    refusals = [host.secrets_refusal(told), host.secrets_refusal(told[::-1])]
    assert host.complaint(built.console) in refusals
    assert SALT not in built.console
    assert host.wrote_nothing(built)


def test_a_selector_without_its_element_is_told_with_the_closest(host, build):
    there = Page('chaport: {"openIn": {"selector": "#chat-box"}}', '<div id="chat-box"></div>')
    missing = Page('chaport: {"openIn": {"selector": "#chatbox"}}', '<div id="chat-box"></div>')
    link = Page(text="[x](chaport:openIn?selector=%23nowhere-at-all)")
    wrong = Page('chaport: {"openIn": {"selector": "#a["}}')
    pages = {"index.md": there, "b.md": missing, "c.md": link, "d.md": wrong}
    built = build(host, Site(pages, OPTIONS))
    told = sorted(host.messages(built.console, "WARNING"))
    assert told[0] == (
        "b.md: openIn: the selector '#chatbox' matches nothing on this page;"
        " did you mean #chat-box?"
    )
    assert told[1].startswith(
        "c.md: openIn: the selector '#nowhere-at-all' matches nothing on this page;"
    )
    assert told[2] == (
        "d.md: openIn: the selector '#a[' is no CSS selector;"
        " add the element that chat shall open in"
    )
    assert len(told) == 3
