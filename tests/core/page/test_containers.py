"""Containers: whether a selector finds an element that a browser makes, and what is said if not."""

import pytest

from chaport_core.page.containers import find_missing_containers


def told(page, *selectors):
    return [str(problem) for problem in find_missing_containers(page, selectors)]


@pytest.mark.parametrize(
    ("page", "selector"),
    [
        ("<div id=chat>", "#chat"),
        ("<DIV ID='chat'>", "div#chat"),
        ('<div class="a help">', ".help"),
        ("<main><p id=a></p><p class=b></p>", "main > .b:not(#a)"),
        ("<section><div></div></section>", "section:has(> div)"),
        ('<div id="chat.box">', r"#chat\.box"),
        ("<body>", "body"),
        ("<noscript></noscript><p id=x>", "#x"),
        ("<title><p></title><p id=x>", "#x"),
        ("<![CDATA[ ]]><p id=x>", "#x"),
        ("<template></template><p id=x>", "#x"),
    ],
)
def test_an_element_is_found(page, selector):
    assert told(page, selector) == []


NOTHING = "matches nothing on this page; add the element that chat shall open in"
HIDDEN = [
    "<!-- <p id=chat> -->",
    "<template><p id=chat></template>",
    "<template><template></template><p id=chat></template>",
    "<script>'<p id=chat>'</script>",
    "<textarea><p id=chat></textarea>",
    "<noscript><p id=chat></noscript>",
    "<iframe><p id=chat></iframe>",
    "<title><p id=chat></title>",
    "<?x <p id=chat>",
    "&lt;p id=chat&gt;",
    "",
]


@pytest.mark.parametrize("page", HIDDEN)
def test_what_is_no_element_is_none(page):
    assert told(page, "#chat") == [f"openIn: the selector '#chat' {NOTHING}"]


@pytest.mark.parametrize(
    ("page", "selector", "advice"),
    [
        ("<p id=chat-box>", "#chatbox", "#chat-box"),
        ("<!doctype html><p id=Chat>", "#CHAT", "#Chat"),
        ("<p id=Chat>", "body > div#chta", "#Chat"),
        ("<p id=chat.box>", "#chat.box", r"#chat\.box"),
        ("<p id=1st>", "#1sd", r"#\31 st"),
        ("<p id=-1st>", "#-1sd", r"#-\31 st"),
        ("<p id='chat\tbox'>", "#chat-box", r"#chat\9 box"),
        ("<p id='chät box'>", "#chätbox", r"#chät\ box"),
        ("<p id=chat>", ".chat", "#chat"),
    ],
)
def test_the_closest_id_is_named_as_css_writes_it(page, selector, advice):
    (said,) = told(page, selector)
    assert said.endswith(f"; did you mean {advice}?")


@pytest.mark.parametrize("selector", ["b[", "div,", "> p", "\ud800", ""])
def test_what_is_no_selector_is_said(selector):
    (said,) = told("<p id=a>", selector)
    assert "is no CSS selector; add the element" in said


def test_a_long_selector_is_said_in_one_short_line():
    (said,) = told("<p id=a>", "#x" * 9000 + "\n")
    assert "\n" not in said
    assert len(said) < 500


@pytest.mark.parametrize(
    "selector",
    ["p:lang(de)", ":scope > p", "p::part(x)", "p:newer", ":has(i) p", "&", "*|i", "#a:b", ":has("],
)
def test_what_the_parser_may_not_know_is_not_judged(selector):
    assert told("<p id=a:b><i></i>", selector) == []


def test_a_page_in_quirks_mode_is_matched_as_browsers_match_it():
    assert told("<p id=Chat>", "#CHAT") == []
    assert len(told("<!doctype html><p id=Chat>", "#CHAT")) == 1


def test_each_selector_is_told_once():
    assert len(told("<p>", "#a", "#b", "#a")) == 2
