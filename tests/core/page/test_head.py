"""Chat stands where the head of a real-world page ends, and nothing else in the page changes."""

# ruff: noqa: E501 - a page stands in one line

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from chaport_core.page.chat import Chat, Page
from chaport_core.page.head import find_head
from chaport_core.page.scripts import preview_widget

Add = Callable[[str], str]
AtMost = Callable[[float], AbstractContextManager[None]]
VENDOR = "https://app.chaport.com/javascripts/insert.js"
SNIPPET = (
    "(function(w,d,v3){w.chaportConfig={appId:'<insertYourId>'};if(w.chaport)return;"
    "v3=w.chaport={};v3._q=[];v3._l={};var s=d.createElement('script');s.async=true;"
    f"s.src='{VENDOR}';var ss=d.getElementsByTagName('script')[0];"
    "ss.parentNode.insertBefore(s,ss)})(window, document);"
)


@pytest.fixture(scope="module")
def splice(chat_of: Callable[..., Chat]) -> str:
    """What a page of a site with nothing but an app ID gets."""
    html, _ = chat_of().add_to("<head></head>", Page("a.html"))
    return html.removeprefix("<head>").removesuffix("</head>")


@pytest.fixture(scope="module")
def add(chat_of: Callable[..., Chat]) -> Add:
    def add_chat(page: str) -> str:
        html, problems = chat_of().add_to(page, Page("a.html"))
        assert problems == []
        return html

    return add_chat


# ● is where chat must stand. Beside each: what is unusual about the page.
SHAPES: dict[str, str] = {
    "plain": "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<title>x</title>\n●</head>\n<body></body>",
    "a comment contains the tag": "<!doctype html><html><head><!-- </head> --><title>x</title>●</head>",
    "a conditional comment": "<!doctype html><!--[if IE]><html class=ie><head></head><![endif]-->"
    "<!--[if !IE]><!--><html><!--<![endif]--><head><!--[if lt IE 9]><script></script><![endif]-->●</head>",
    "a revealed conditional comment": "<!doctype html><head><![if !IE]><link rel=x><![endif]>●</head>",
    "a script contains the tag": "<!doctype html><head><script>var a = '</head>';</script>●</head>",
    "JSON contains the tag": '<!doctype html><head><script type="application/ld+json">{"a":"</head>"}'
    "</script>●</head>",
    "a title contains the tag": "<!doctype html><head><title>The </head> tag</title>●</head>",
    "a style contains the tag": "<!doctype html><head><style>a::after{content:'</head>'}</style>●</head>",
    "an attribute contains the tag": '<!doctype html><head><meta name=d content="</head>">●</head>',
    "an unquoted attribute": "<!doctype html><head><meta name=d content=</head>●</head>",
    "an attribute contains >": "<!doctype html><html data-a='>'><head prefix=\"a > b\">●</head>",
    "noscript contains the tag": "<!doctype html><head><noscript><link></head></noscript>●</head>",
    "noframes contains the tag": "<!doctype html><head><noframes></head></noframes>●</head>",
    "a template contains the tag": "<!doctype html><head><template><b></head></b></template>●</head>",
    "templates in templates": "<!doctype html><head><template><template></template></head></template>●"
    "</head>",
    "a template in capitals": "<!doctype html><head><TEMPLATE><p></head></TEMPLATE>●</head>",
    "an escaped script": "<!doctype html><head><script><!-- <script> </script> </head> --></script>●"
    "</head>",
    "a script with an old comment": "<!doctype html><head><script><!--\nvar a = '</head>'\n//--></script>●"
    "</head>",
    "a script with an open comment": "<!doctype html><head><script><!-- </script>●</head>",
    "an escaped script that ends at once": "<!doctype html><head><script><!--><script></script>●</head>",
    "an escaped script with a dash": "<!doctype html><head><script><!---><script></script>●</head>",
    "an escaped script twice": "<!doctype html><head><script><!--<script></script></head></script>●"
    "</head>",
    "a script that ends in capitals": "<!doctype html><head><script>a</SCRIPT >●</head>",
    "a script like another": "<!doctype html><head><script>a</scripty></script>●</head>",
    "capitals": "<!DOCTYPE HTML><HTML><HEAD><META CHARSET=UTF-8><TITLE>X</TITLE>●</HEAD><BODY></BODY>"
    "</HTML>",
    "mixed case": "<!DocType html><Html><Head><Meta a=b>●</Head>",
    "CRLF": "<!doctype html>\r\n<html>\r\n<head>\r\n<title>x</title>\r\n●</head>\r\n<body>\r\n</body>",
    "a byte order mark": "\ufeff<!doctype html><html><head>●</head></html>",
    "XHTML": '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0'
    ' Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n<html'
    ' xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">\n<head>\n<meta name="a" />\n●</head>',
    "space in the end tag": "<!doctype html><head>●</head\n>",
    "attributes of the end tag": '<!doctype html><head>●</head class="x">',
    "a header tag in the head": "<!doctype html><head></header><title>x</title>●</head>",
    "stray end tags": "<!doctype html><head></p></div></meta></title>●</head>",
    "two heads": "<!doctype html><head><title>x</title><head><link>●</head>",
    "no doctype": "<html><head>●</head><body></body></html>",
    "no head tag": "<!doctype html><html><meta charset=utf-8><title>x</title>●<body></body></html>",
    "no end tag": "<!doctype html><html><head><title>x</title>\n●<body><p>x</body></html>",
    "no tag but the doctype": "<!doctype html><title>x</title>\n●<p>Text",
    "a doctype alone": "<!doctype html>●",
    "a doctype and text": "<!doctype html>\n●Text",
    "a body at once": "<!doctype html><html>●<body></body></html>",
    "minified": "<!doctype html><meta charset=utf-8><title>x</title><link rel=a href=b>●<h1>x</h1>",
    "a body end tag alone": "●Text</body>",
    "an image in the head": "<!doctype html><head><link rel=a>●<img src=x></head><body></body>",
    "text in the head": "<!doctype html><head><link rel=a>●Oops</head><body></body>",
    "a frameset": "<!doctype html><html><head><title>x</title>●</head><frameset></frameset></html>",
    "a frameset without a head": "<html><title>x</title>●<frameset cols='*'><frame></frameset></html>",
    "a second document": "<!doctype html><head>●</head><body></body><html><head></head></html>",
    "slashes": "<!doctype html><head/><meta/a=b/><link//>●</head>",
    "odd attributes": '<!doctype html><head><meta a = \'b\' c= d e ="f" g==h =i j"k l<m>●</head>',
    "other bytes": "<!doctype html><head><meta charset=latin-1><title>\udcfc\udce9</title>●</head>\udcff",
    "an unclosed title": "<!doctype html><head>●<title>x</head><body></body>",
    "an unclosed script": "<!doctype html><head><link>●<script>a</head><body></body>",
    "an unclosed comment": "<!doctype html><head><link>●<!-- a</head><body></body>",
    "an unclosed attribute": "<!doctype html><head><link>●<meta a='b></head><body></body>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_chat_stands_where_the_head_ends(shape: str, add: Add, splice: str) -> None:
    assert SHAPES[shape].count("●") == 1
    assert add(SHAPES[shape].replace("●", "")) == SHAPES[shape].replace("●", splice)


@pytest.mark.parametrize("shape", SHAPES)
def test_chat_is_put_into_a_page_once(shape: str, add: Add, splice: str) -> None:
    once = add(SHAPES[shape].replace("●", ""))
    assert add(once) == once


@pytest.mark.parametrize("shape", SHAPES)
def test_the_preview_widget_is_put_into_a_page_once(
    shape: str, chat_of: Callable[..., Chat]
) -> None:
    chat, page = chat_of(widget="preview"), Page("a.html")
    once, problems = chat.add_to(SHAPES[shape].replace("●", ""), page)
    assert (once.count(f"'{preview_widget().name}'"), problems) == (1, [])
    assert chat.add_to(once, page) == (once, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!doctype html><head><title>x</title>", "\ufeff<link></head><body></body>"),
        ("<!doctype html><head>", "\ufeff</head><body></body>"),
    ],
)
def test_a_byte_order_mark_in_the_middle_ends_the_head(
    before: str, after: str, add: Add, splice: str
) -> None:
    assert add(before + after) == before + splice + after


@pytest.mark.parametrize("bogus", ["</>", "</ x>", "</1>"])
def test_a_bogus_comment_keeps_the_page_out_of_quirks_mode(
    bogus: str, add: Add, splice: str
) -> None:
    before = f"{bogus}<!doctype html><html><head>"
    assert add(f"{before}</head></html>") == f"{before}{splice}</head></html>"


NOT_HTML = [
    "",
    " \n\t",
    "\ufeff",
    "Text",
    "<p>A fragment</p>",
    "<title>x</title><meta charset=utf-8><p>x",
    "<header>x</header><bodykit></bodykit>",
    "<pre>&lt;html&gt;&lt;head&gt;&lt;/head&gt;</pre>",
    '{"title": "x"}',
    '<?xml version="1.0"?><urlset><url/></urlset>',
    '<?xml version="1.0"?><feed><entry/></feed>',
    "User-agent: *",
]


@pytest.mark.parametrize("text", NOT_HTML)
def test_what_is_no_html_document_is_left_byte_for_byte(text: str, add: Add) -> None:
    assert find_head(text) is None
    assert add(text) == text


@pytest.mark.parametrize(
    "text",
    ["<!-- a <body> tag --><p>x", "<p>x<script>'<html>'</script>", "<p title='<head>'>x", "</head"],
)
def test_a_fragment_that_mentions_a_documents_tags_is_still_a_fragment(text: str, add: Add) -> None:
    assert add(text) == text


SAMPLE = """\
\ufeff<!DOCTYPE html>\r
<html lang="de-AT" class='no-js'>\r
<!-- <head> -->
<HEAD profile='a>b'>
<meta charset="utf-8"><title>A </head> &amp; B</title>
<script><!-- <script> '</head>' </script> --></script>
<style media=screen>a>b{}</style><template><p></head></template>
<noscript><link href=x></noscript>
</HEAD>
<body onload="a('>')"><h1>\u00dc</h1><!-- </body> --></body>
</html>
"""


def test_a_page_cut_off_at_any_byte_is_never_an_exception_nor_changed_elsewhere(
    add: Add, splice: str
) -> None:
    data = SAMPLE.encode()
    for end in range(len(data) + 1):
        text = data[:end].decode("utf-8", "surrogateescape")
        html = add(text)
        assert html in (text, html)
        assert html == text or (html.count(splice), html.replace(splice, "")) == (1, text)


CHARSETS = [
    "<meta charset=utf-8>",
    '<META CHARSET="utf-8" />',
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
]


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize(
    "start", ["<!doctype html><html>Oops<head>", "<!doctype html><body>", "<!doctype html><img>"]
)
def test_chat_pushes_no_charset_out_of_the_first_1024_bytes(
    start: str, charset: str, add: Add, splice: str
) -> None:
    assert add(f"{start}{charset}<p>x") == f"{start}{charset}{splice}<p>x"


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_charset_that_was_too_far_away_moves_nothing(charset: str, add: Add, splice: str) -> None:
    text = f"<p>{'é' * 520}</p>{charset}"
    assert add(f"<!doctype html>{text}") == f"<!doctype html>{splice}{text}"


@pytest.mark.parametrize(
    "charset",
    [
        '<meta http-equiv=content-type content="text/html; CHARSET=utf-8">',
        '<meta http-equiv=content-type content="text/html; charset = utf-8">',
    ],
)
def test_a_charset_is_noticed_as_browsers_notice_it(charset: str, add: Add, splice: str) -> None:
    assert add(f"<!doctype html>x{charset}") == f"<!doctype html>x{charset}{splice}"


def test_a_charset_after_the_head_stays_within_the_first_1024_bytes(add: Add, splice: str) -> None:
    page = f"<!doctype html><html><head><title>{'x' * 300}</title></head><body><meta charset=utf-8>"
    html = add(page).encode()
    assert html.index(b"<meta charset") < 1024 - len(b"<meta charset=utf-8>")


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><html>Oops<head><meta charset=utf-8></head>",
        "<!doctype html><body><meta charset=utf-8><p>x",
    ],
)
def test_chat_behind_a_charset_is_put_there_once(page: str, chat_of: Callable[..., Chat]) -> None:
    for widget in ("preview", "live"):
        chat, target = chat_of(widget=widget), Page("a.html")
        once, _ = chat.add_to(page, target)
        assert chat.add_to(once, target) == (once, [])


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><html><frameset><meta charset=utf-8></frameset></html>",
        "<!doctype html><head><title>x</title><!-- open <meta charset=utf-8></head><body></body>",
        "<!doctype html><head><template><meta charset=utf-8></head><body></body>",
    ],
    ids=["frameset", "open comment", "open template"],
)
def test_chat_does_not_move_to_where_it_would_be_lost(page: str, add: Add, splice: str) -> None:
    html = add(page)
    assert html.index(splice) < html.index("<meta charset")


RUNS = {
    "inline": f"<script>{SNIPPET}</script>",
    "typed": f"<script type='text/javascript'>{SNIPPET}</script>",
    "typed otherwise": f"<SCRIPT TYPE=' Application/JavaScript '>{SNIPPET}</SCRIPT>",
    "module": f"<script type=module>{SNIPPET}</script>",
    "address": f"<script async src='{VENDOR}'></script>",
    "address without a scheme": "<script src=//app.chaport.com/javascripts/insert.js></script>",
    "with an empty type": f"<script type>{SNIPPET}</script>",
    "unclosed": f"<script>{SNIPPET}",
}
THEIRS = (
    "already carries Chaport's own installation code, so it was left as it is; remove the code from"
    " the theme or the page to have this plugin's settings"
)


@pytest.mark.parametrize("code", RUNS)
@pytest.mark.parametrize(
    "around",
    ["<head>●</head><body></body>", "<head></head><body><p>x●</body>", "<head></head></body>●"],
    ids=["head", "body", "after"],
)
@pytest.mark.parametrize("widget", ["live", "preview"])
def test_a_page_that_runs_the_vendors_code_is_left_alone_with_a_warning(
    code: str, around: str, widget: str, chat_of: Callable[..., Chat]
) -> None:
    page = "<!doctype html>" + around.replace("●", RUNS[code])
    html, problems = chat_of(widget=widget).add_to(page, Page("a.html"))
    assert html == page
    assert [(str(one), one.severity) for one in problems] == [(THEIRS, "warning")]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


SHOWS = {
    "a code block": f"<pre><code>{escaped(RUNS['inline'])}</code></pre>",
    "a highlighted code block": f"<code><span>s.src=</span><span>'{VENDOR}'</span></code>",
    "text": f"<p>Load {VENDOR} yourself",
    "a link": f"<a href='{VENDOR}'>the script</a>",
    "a preload": f"<link rel=preload as=script href='{VENDOR}'>",
    "a comment": f"<!-- {RUNS['inline']} -->",
    "a text area": f"<textarea>{RUNS['inline']}</textarea>",
    "a title": f"<title>{RUNS['inline']}</title>",
    "a style": f"<style>/* {RUNS['inline'].replace('</', '< /')} */</style>",
    "noscript": f"<noscript>{RUNS['inline']}</noscript>",
    "an attribute": f'<div data-code="{RUNS["inline"]}"></div>',
    "a copy button": f"<button data-clipboard-text='{escaped(VENDOR)}'>Copy</button>",
    "JSON": f"<script type=application/json>{json.dumps({'a': SNIPPET})}</script>",
    "linked data": f"<script type='application/ld+json'>{json.dumps({'a': SNIPPET})}</script>",
    "a script template": f"<script type=text/x-template>{SNIPPET}</script>",
    "a script with another address": f"<script src=/a.js>{SNIPPET}</script>",
}


@pytest.mark.parametrize("code", SHOWS)
@pytest.mark.parametrize("widget", ["live", "preview"])
def test_a_page_that_only_shows_the_vendors_code_is_not_refused(
    code: str, widget: str, chat_of: Callable[..., Chat], record_in: Callable[[str], Any]
) -> None:
    page = f"<!doctype html><head></head><body>{SHOWS[code]}</body>"
    html, problems = chat_of(widget=widget).add_to(page, Page("a.html"))
    assert problems == []
    assert record_in(html) is not None
    assert html.startswith("<!doctype html><head><meta")
    assert html.endswith(f"</script></head><body>{SHOWS[code]}</body>")


def test_code_in_a_template_only_shows(add: Add) -> None:
    page = f"<!doctype html><head></head><body><template>{RUNS['inline']}</template></body>"
    assert add(page) != page


def test_an_off_page_is_left_byte_for_byte(chat_of: Callable[..., Chat]) -> None:
    for shape in SHAPES.values():
        page = shape.replace("●", "")
        off = Page("a.html", metadata={"chaport": False})
        assert chat_of().add_to(page, off) == (page, [])


def test_an_off_page_with_the_vendors_code_needs_no_warning(chat_of: Callable[..., Chat]) -> None:
    page = f"<!doctype html><head></head>{RUNS['inline']}"
    assert chat_of(enabled=False).add_to(page, Page("a.html")) == (page, [])


LARGE = {
    "body": "<!doctype html><head>●</head><body>" + "<p class='a'>x</p>\n" * 550_000,
    "head": "<!doctype html><head>" + "<meta name=a content='b'>\n" * 400_000 + "●</head>",
    "script": "<!doctype html><head><script>" + "a<b;" * 2_600_000 + "</script>●</head>",
    "escaped script": "<!doctype html><head><script><!--"
    + "a<b;" * 2_600_000
    + "--></script>●</head>",
    "comment": "<!doctype html><head><!--" + "-<b-" * 2_600_000 + "-->●</head>",
    "text": "<!doctype html>●" + "x " * 5_300_000,
    "code": f"<!doctype html><head>●</head><pre>{VENDOR}</pre>" + "<p class='a'>x</p>\n" * 550_000,
    "unclosed": "<!doctype html><head>●" + "<meta a='" * 1_120_000,
}


@pytest.mark.parametrize("kind", LARGE)
def test_a_page_of_ten_megabytes_takes_reasonable_time(
    kind: str, add: Add, splice: str, at_most: AtMost
) -> None:
    assert len(LARGE[kind]) > 10_000_000
    with at_most(10):
        assert add(LARGE[kind].replace("●", "")) == LARGE[kind].replace("●", splice)


@pytest.mark.parametrize(
    "unclosed",
    ["<a ", "<!--", "<a b='", "<script ", "</a ", "<?", "<!x", "</ ", "<title></title "],
)
@pytest.mark.parametrize(
    "start", [f"<head></head>{VENDOR}", "<head><template>"], ids=["code shown", "template"]
)
def test_a_small_page_of_unclosed_tags_takes_reasonable_time(
    start: str, unclosed: str, add: Add, at_most: AtMost
) -> None:
    with at_most(1):
        add(f"<!doctype html>{start}{unclosed * 20_000}")
