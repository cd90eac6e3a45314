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
        ("<p id=Chat>", "#CHAT", "#Chat"),
        ("<p id=Chat>", "body > div#chta", "#Chat"),
        ("<p id=chat.box>", "#chat.box", r"#chat\.box"),
        ("<p id=1st>", "#1sd", r"#\31 st"),
        ("<p id=chat>", ".chat", "#chat"),
    ],
)
def test_the_closest_id_is_named_as_css_writes_it(page, selector, advice):
    (said,) = told(page, selector)
    assert said.endswith(f"; did you mean {advice}?")


@pytest.mark.parametrize("selector", ["#a[", "#a:b", ":has(", "#x" * 9000, "p::part(x)", ""])
def test_what_is_no_selector_is_said_in_one_line(selector):
    (said,) = told("<p id=a:b>", selector)
    assert "is no CSS selector (" in said or "matches nothing" in said
    assert "\n" not in said
    assert len(said) < 500


def test_each_selector_is_told_once():
    assert len(told("<p>", "#a", "#b", "#a")) == 2
