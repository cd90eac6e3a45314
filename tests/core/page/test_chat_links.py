"""Chat links in a finished page: every spelling of a tag, with chat and without."""

import pytest
from tests.far_end.addresses import APP_ID

from chaport_core.page.chat import Chat, Page
from chaport_core.page.chat_links import may_have_links, rewrite_links
from chaport_core.settings.site import read_settings

FALLBACK = 'https://example.com/?a=1&b="2"'
HREF = 'href="https://example.com/?a=1&amp;b=&quot;2&quot;"'

REWRITTEN = [
    # as written; with chat; without
    (
        '<p><a href="chaport:open">x</a>',
        f'<p><a {HREF} data-chaport="open">x</a>',
        f"<p><a {HREF}>x</a>",
    ),
    (
        "<A class=b HREF=chaport:openIn?target=_blank id='c'>x",
        f"<A class=b {HREF} id='c' data-chaport=\"openIn\" data-chaport-args='[\"_blank\"]'>x",
        f"<A class=b {HREF} id='c'>x",
    ),
    (
        """<a\nhref=' chaport:setActiveTrigger?message=It%27s &lt;b&gt; "q" %26' / >x""",
        f'<a\n{HREF} data-chaport="setActiveTrigger" data-chaport-args='
        """'[{"message":"It\\u0027s \\u003cb\\u003e \\"q\\" \\u0026"}]' / >x""",
        f"<a\n{HREF} / >x",
    ),
    (
        '<a data-chaport="open">x</a>',
        f'<a data-chaport="open" {HREF}>x</a>',
        f"<a {HREF}>x</a>",
    ),
    (
        '<a href="/contact" data-chaport="open">x</a>',
        '<a href="/contact" data-chaport="open">x</a>',
        '<a href="/contact">x</a>',
    ),
    (
        '<a href="chaport:close" data-chaport="open">x</a>',
        f'<a {HREF} data-chaport="open">x</a>',
        f"<a {HREF}>x</a>",
    ),
    (
        '<map><area href="chaport:open"></map>',
        f'<map><area {HREF} data-chaport="open"></map>',
        f"<map><area {HREF}></map>",
    ),
    (
        '<noscript><a href="chaport:open">x</a></noscript>',
        f'<noscript><a {HREF} data-chaport="open">x</a></noscript>',
        f"<noscript><a {HREF}>x</a></noscript>",
    ),
    (
        '<svg><a xlink:href="chaport:open"/></svg>',
        f'<svg><a xlink:{HREF} data-chaport="open"/></svg>',
        f"<svg><a xlink:{HREF}/></svg>",
    ),
    (
        '<a href="chaport:open"><a href="chaport:toggle">',
        f'<a {HREF} data-chaport="open"><a {HREF} data-chaport="toggle">',
        f"<a {HREF}><a {HREF}>",
    ),
]


@pytest.mark.parametrize(("page", "chat", "plain"), REWRITTEN)
def test_a_link_is_a_real_link_with_its_call_beside_it(page, chat, plain):
    assert may_have_links(page)
    made = rewrite_links(page, FALLBACK)
    assert (made.html, made.problems) == (chat, [])
    made = rewrite_links(page, FALLBACK, chat=False)
    assert (made.html, made.calls, made.problems) == (plain, (), [])


def test_an_element_gets_its_fallback_beside_its_call():
    made = rewrite_links("<button data-chaport='toggle' type=button>x</button>", FALLBACK)
    fallback = HREF.replace("href", "data-chaport-fallback")
    html = f'<button type=button data-chaport="toggle" {fallback}>x</button>'
    assert made == (html, (("toggle", ()),), [])


BUTTON = 'role="button" tabindex="0"'


@pytest.mark.parametrize(
    ("page", "html"),
    [
        # What leads nowhere is no link: it is a button.
        ('<a href="chaport:open">x</a>', f'<a data-chaport="open" {BUTTON}>x</a>'),
        ('<a data-chaport="open">x</a>', f'<a data-chaport="open" {BUTTON}>x</a>'),
        ('<a href="/c" data-chaport="open">', '<a href="/c" data-chaport="open">'),
        (
            '<a href="chaport:open" role="menuitem">',
            '<a role="menuitem" data-chaport="open">',
        ),
        (
            '<a href="chaport:open" tabindex="-1">',
            '<a tabindex="-1" data-chaport="open" role="button">',
        ),
        ('<b data-chaport="toggle">', f'<b data-chaport="toggle" {BUTTON}>'),
        ('<button data-chaport="toggle">', '<button data-chaport="toggle">'),
    ],
)
def test_without_a_fallback_there_is_no_href(page, html):
    assert rewrite_links(page, None).html == html


LEFT_ALONE = [
    '<code>&lt;a href="chaport:open"&gt;</code>',
    '<!-- <a href="chaport:open"> -->',
    '<script>"<a href=chaport:open>"</script>',
    '<textarea><a href="chaport:open"></textarea>',
    "<p>chaport:open and data-chaport</p>",
    '<a href="https://example.com/?to=chaport:open">x</a>',
    '<a title="chaport:open" href="/">x</a>',
    '<a href="chaport:open',
    '<? <a href="chaport:open">?>',
    '<!x <a href="chaport:open">',
    '</<a href="chaport:open">',
]


@pytest.mark.parametrize("page", LEFT_ALONE)
def test_what_is_no_chat_link_stays(page):
    assert rewrite_links(page, FALLBACK) == (page, (), [])


@pytest.mark.parametrize(
    ("page", "html"),
    [
        ('<a data-chaport="open"class="x">', f'<a class="x" data-chaport="open" {HREF}>'),
        ('<a href="chaport:open"class=x>', f'<a {HREF}class=x data-chaport="open">'),
        ("<A DATA-CHAPORT=open HREF=/c>", '<A HREF=/c data-chaport="open">'),
        ('<a href="&#99;haport&colon;open">', f'<a {HREF} data-chaport="open">'),
        (
            '<a data-chaport="open" data-chaport="close" data-chaport-args="[]">',
            f'<a data-chaport="open" {HREF}>',
        ),
        (
            '<a href="chaport:open" href="chaport:x">',
            f'<a {HREF} href="chaport:x" data-chaport="open">',
        ),
    ],
)
def test_attributes_that_touch_or_stand_twice(page, html):
    assert may_have_links(page)
    assert rewrite_links(page, FALLBACK).html == html


def test_without_a_fallback_no_second_address_comes_to_count():
    page = '<a href="chaport:open"class=x href="chaport:close">x</a>'
    html = '<a class=x data-chaport="open" role="button" tabindex="0">x</a>'
    assert rewrite_links(page, None).html == html


@pytest.mark.parametrize("name", ["textarea", "select", "form", "label", "body"])
def test_what_cannot_be_a_button_is_told(name):
    made = rewrite_links(f'<{name} data-chaport="open">', "/c")
    told = f'data-chaport="open": a <{name}> cannot be a button; put it on one'
    assert (made.html, made.calls, [str(one) for one in made.problems]) == (f"<{name}>", (), [told])


def test_a_secret_beside_another_call_is_told_too():
    page = '<a href="chaport:startSession?id=1&amp;token=2" data-chaport="open">'
    made = rewrite_links(page, "/c")
    assert [problem.severity for problem in made.problems] == ["secret"]
    assert made.html == '<a href="/c" data-chaport="open">'


def test_many_nested_elements_are_no_crash():
    page = "<noscript>" * 3000 + '<a href="chaport:open">'
    assert (
        rewrite_links(page, "/c").html == "<noscript>" * 3000 + '<a href="/c" data-chaport="open">'
    )


def test_a_mistake_leaves_the_fallback_and_is_told_once():
    made = rewrite_links('<a href="chaport:opne">x</a>' * 2, "/c")
    told = "the link 'chaport:opne': opne: is not a method of Chaport; did you mean open?"
    assert (made.html, made.calls) == ('<a href="/c">x</a>' * 2, ())
    assert [(str(one), one.severity) for one in made.problems] == [(told, "warning")]


def test_a_mistake_in_an_attribute_takes_the_attributes_away():
    made = rewrite_links("<b data-chaport=open data-chaport-args='[1]'>x</b>", "/c")
    told = 'data-chaport="open": open takes no arguments; found 1 in data-chaport-args'
    assert (made.html, [str(one) for one in made.problems]) == ("<b>x</b>", [told])


@pytest.mark.parametrize("chat", [True, False])
@pytest.mark.parametrize(
    ("page", "html"),
    [
        ('<a href="chaport:setVisitorData?email=a@b.c">x</a>', '<a href="/c">x</a>'),
        (
            """<b data-chaport="setVisitorData" data-chaport-args='[{"email":"a@b.c"}]'>x</b>""",
            "<b>x</b>",
        ),
    ],
)
def test_a_secret_reaches_neither_the_page_nor_a_message(page, html, chat):
    made = rewrite_links(page, "/c", chat=chat)
    [problem] = [one for one in made.problems if one.severity == "secret"]
    assert made.html == html
    assert "visitor.email: would be the same for every reader" in str(problem)
    assert "a@b.c" not in str(problem)


def test_an_element_on_a_page_without_chat_is_told():
    made = rewrite_links('<b data-chaport="open">x</b>', "/c", chat=False)
    told = (
        'data-chaport="open" does nothing without chat;'
        " turn chat on here, or make it a link, which leads to the fallback then"
    )
    assert (made.html, [str(one) for one in made.problems]) == ("<b>x</b>", [told])


IN_THE_HEAD = [
    "<html><head><noscript>{}</noscript></head><body></body></html>",
    # The head ends here, and chat comes behind the charset.
    '<html><body>{}<meta charset="utf-8"><p>x</p></body></html>',
]


@pytest.mark.parametrize("page", IN_THE_HEAD)
def test_links_before_the_place_of_chat_are_links_too(page):
    settings, _ = read_settings({"appId": APP_ID, "fallback": "/c"})
    chat = Chat(settings, ship=lambda _: None)
    made, problems = chat.add_to(page.format('<a href="chaport:open">x</a>'), Page("a.html"))
    assert problems == []
    assert '<a href="/c" data-chaport="open">x</a>' in made
    start, end = made.index('<meta name="chaport"'), made.rindex('media="print"')
    assert "chaport-content" in made[start:end]
