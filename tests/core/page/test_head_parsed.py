"""An HTML5 parser sees a page's own document plus our two nodes, whatever the page is made of.

Where this once failed, Chromium was asked who is right. Left out here, because html5lib is older
than the standard: templates, and byte order marks and NUL characters in the middle of a page.
"""

from collections.abc import Callable
from typing import Any
from xml.dom import Node

import html5lib
import pytest
import tinyhtml5
from hypothesis import assume, example, given
from hypothesis import strategies as st

from chaport_core.page.chat import Chat, Page
from chaport_core.page.head import find_head

Tree = tuple[Any, ...]

OUTSIDE = """
<!doctype html>|<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">|<?xml version="1.0"?>|<html>
<html lang=en>|<HTML LANG='fr'>|<html lang="</head>">|<head>|<HEAD>|<head profile='>'>|<head/>
</head>|</HEAD>|</head >|</head x=">">|</html>|<body>|<body class="x>y">|</body>|</header>
"""
INSIDE = """
<meta name=a content="</head>">|<meta name=a content='">'>|<META a/>|<link rel=x href=y>
<base href=/>|<link rel='a' href="b" / >|<basefont>|<bgsound>|<title>x</title>|<title>
<title>a</head></title>|</title>|<TITLE>y</TiTle>|<title>z</title x=">">
<title/>|<style></head></style>|<style>|</style>
<style media=">">a{}</style>|<script>|</script>|<script>'</head>'</script>|<script src='>'></script>
<script><!-- <script> </script> --></script>|<script><!-- </script>|<script><!--></script>
<SCRIPT></ScRiPt >|<script/>|</script x='>'>|<script type=application/json>{"</head>":1}</script>
<noscript><meta></head></noscript>|<noscript>|</noscript>|<noframes></head></noframes>|</noframes>
<!-- </head> -->|<!---->|<!-->|<!--->|<!--x--!>|<!-- a <!-- b -->|<!--[if IE]><html><![endif]-->
<![endif]>|<!--[if IE]><!-->|<!x>|<!>|<?x>|<![CDATA[x>]]>|</p>|</br>|</div>|<meta / a=b / >
<meta =a>|<meta a==b>|<meta a=b"c>|<meta a b="c"d>|<meta a"b>|<meta <x>|<html a=b>|<head a=b>
"""
BODY = """
<p>|<div>|<br>|<pre>|<textarea>|</textarea>|<textarea></head></textarea>|<frameset>|<frame>
</frameset>|<table>|<tr>|<select>|<svg>|</svg>|<math>|<iframe>|</iframe>|<xmp></head></xmp>|text
<svg><title></head></title></svg>|<header>|é|&amp;|&lt;|<plaintext>
"""
SPACE = [" ", "\n", "\r\n", "\t", "\f", "\r"]
BROKEN = """
<|< |>|/|"|'|=|<a|<a b|<a b=|<a b="|<meta |<meta a|<meta a=|<meta a='|<html |<head |</head|</hea
<script|<script |</title|<!|<!--|-->|--!>|<script><!--|--></script>|<!-- <script> -->|</
"""


def pieces(text: str) -> list[str]:
    return [piece for line in text.strip().splitlines() for piece in line.split("|")]


HEADS = [*pieces(OUTSIDE), *pieces(INSIDE), *SPACE]
SOUP = [*HEADS, *pieces(BODY)]


def tree(node: Any, *, comments: bool) -> Tree | None:
    """A node as plain values; None for what is left out."""
    if node.nodeType == Node.COMMENT_NODE and not comments:
        return None
    attributes = tuple(sorted(node.attributes.items())) if node.attributes else ()
    children = (tree(child, comments=comments) for child in node.childNodes)
    kept = tuple(child for child in children if child is not None)
    return node.nodeName, node.nodeValue, attributes, kept


def parsed(page: str) -> Any:
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("dom"))
    return parser.parse(page, scripting=True)


@pytest.fixture(scope="module")
def splice(chat_of: Callable[..., Chat]) -> str:
    html, _ = chat_of().add_to("<head></head>", Page("a.html"))
    return html.removeprefix("<head>").removesuffix("</head>")


@pytest.fixture(scope="module")
def judge(chat_of: Callable[..., Chat], splice: str) -> Callable[..., None]:
    """Asserts that a page gained our two nodes at the end of its head, and nothing else."""

    def assert_only_our_nodes(page: str, *, comments: bool = True) -> None:
        html, _ = chat_of().add_to(page, Page("a.html"))
        assert html.replace(splice, "") == page
        if html == page:
            assert find_head(page) is None
            return
        before, after = parsed(page), parsed(html)
        (meta,) = (
            node
            for node in after.getElementsByTagName("meta")
            if node.getAttribute("name") == "chaport"
        )
        script, head = meta.nextSibling, meta.parentNode
        assert (head.nodeName, script.nodeName) == ("head", "script")
        assert f"<script>{script.firstChild.data}</script>" in splice
        head.removeChild(meta)
        head.removeChild(script)
        before.normalize()
        after.normalize()
        assert tree(after, comments=comments) == tree(before, comments=comments)

    return assert_only_our_nodes


def soup(parts: list[str], most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(parts), max_size=most).map("".join)


@given(inside=soup([*pieces(INSIDE), *SPACE], 12))
def test_a_page_with_any_head_gains_our_two_nodes(inside: str, judge: Any) -> None:
    judge(f"<!doctype html><html lang=en><head>{inside}</head><body>x</body></html>")


@given(page=soup(HEADS, 12))
def test_a_page_without_its_usual_tags_gains_our_two_nodes(page: str, judge: Any) -> None:
    judge(f"<!doctype html>{page}")


@given(page=soup(SOUP, 14))
@example(page="<html><head></head><body><head></head></body>")
def test_any_soup_of_tags_gains_our_two_nodes_or_is_no_document(page: str, judge: Any) -> None:
    judge(page)


@given(
    page=st.lists(
        st.sampled_from([*SOUP, *pieces(BROKEN)])
        | st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])),
        max_size=14,
    ).map("".join),
    end=st.integers(0, 300),
)
def test_broken_soup_gains_our_two_nodes_or_is_no_document(page: str, end: int, judge: Any) -> None:
    """Comments are not compared: one without an end may move from before the head into it."""
    page = page[:end]
    # Bogus comments have a test of their own in test_html.py.
    assume("</" not in page or not _has_bogus_end_tag(page))
    judge(page, comments=False)


def _has_bogus_end_tag(page: str) -> bool:
    return any(not rest[:1].isascii() or not rest[:1].isalpha() for rest in page.split("</")[1:])


@given(page=st.text(), head=st.text())
def test_no_text_whatever_is_an_exception_or_changed_elsewhere(
    page: str, head: str, chat_of: Callable[..., Chat], splice: str
) -> None:
    for text in (page, f"<!doctype html>{page}", f"<html><head>{head}</head>{page}"):
        html, _ = chat_of().add_to(text, Page("a.html"))
        assert html.replace(splice, "") == text


@given(end=st.integers(0, 700))
def test_a_page_cut_off_anywhere_gains_our_two_nodes(end: int, judge: Any) -> None:
    page = (
        '<!DOCTYPE html>\r\n<html lang="de">\n<!-- c -->\n<head profile="a>b">\n'
        '<meta charset="utf-8">\n<title>A </head> &amp; B</title>\n<script>var a = "</head>";'
        "</script>\n<style>a>b{}</style>\n<noscript><link></noscript>\n<!--[if IE]><![endif]-->"
        "</head>\n<body onload=\"a('>')\">\n<h1>x</h1>\n<script src=x></script>\n</body>\n</html>\n"
    )
    judge(page[:end], comments=False)


def test_a_second_parser_agrees(chat_of: Callable[..., Chat], splice: str) -> None:
    page = "<!doctype html><html><head><title>x</title></head><body><p>x</p></body></html>"
    html, _ = chat_of().add_to(page, Page("a.html"))
    head = tinyhtml5.parse(html, namespace_html_elements=False).find("head")
    assert [child.tag for child in head] == ["title", "meta", "script"]
    assert head[1].attrib == {
        "name": "chaport",
        "content": '{"appId":"5f1e2d3c4b5a69788796a5b4","language":{"source":"html"}}',
        "data-v": "1",
    }
    assert f"<script>{head[2].text}</script>" in splice
