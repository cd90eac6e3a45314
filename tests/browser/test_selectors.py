"""A warning about a selector is never wrong: a real browser is asked about the same ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaport_core.page.containers import find_missing_containers

PAGE = """<!doctype html><html lang=en><head><title>x</title></head><body class="Home page">
<main id=main class="a b"><section data-x="1"><div id=chat class="chat Box"></div>
<p id=a:b></p></section><input type=CHECKBOX checked><svg viewBox="0 0 1 1"><foreignObject>
<p id=fp></p></foreignObject></svg><table id=t><tr><td id=td></table><ul><li><li id=li></ul>
<template><p id=tp></p></template><noscript><p id=ns></p></noscript><p id=é></p><p id=chat.box></p>
<p id=-1x class=2nd></p><p id=-></p><p id="a b"></p></main></body></html>"""
ASK = """selectors => selectors.map(selector => {
  try { return document.querySelector(selector) ? 'found' : 'not found' } catch { return 'none' }
})"""

NAMES = [
    "chat",
    "Chat",
    r"a\:b",
    r"chat\.box",
    r"-\31 x",
    "é",
    "fp",
    "tp",
    "ns",
    r"a\ b",
    "Home",
    "2nd",
]
TYPES = [
    "div",
    "DIV",
    "p",
    "section",
    "main",
    "body",
    "html",
    "input",
    "svg",
    "foreignObject",
    "td",
]
ATTRIBUTES = ["id", "class", "data-x", "type", "viewBox", "viewbox", "lang"]
VALUES = ['"1"', "'chat'", "Chat", "checkbox", "1", '"a b"', '""', "en", '"']
SPACE = st.sampled_from(["", " ", "\n"])


def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


comparisons = joined(
    SPACE,
    st.sampled_from(["=", "~=", "|=", "^=", "$=", "*=", "!="]),
    SPACE,
    st.sampled_from(VALUES),
    st.sampled_from(["", " i", " s", " x"]),
)
attributes = joined(
    st.just("["), SPACE, st.sampled_from(ATTRIBUTES), st.just("") | comparisons, SPACE, st.just("]")
)
simple = (
    st.sampled_from(NAMES).map(lambda name: f"#{name}")
    | st.sampled_from(NAMES).map(lambda name: f".{name}")
    | attributes
)
compounds = joined(
    st.sampled_from(["", "*", *TYPES]), st.lists(simple, min_size=1, max_size=2).map("".join)
)
combinators = st.sampled_from([" ", ">", " > ", "+", " + ", "~", ",", ", "])
selectors = joined(
    SPACE,
    compounds,
    st.lists(joined(combinators, compounds), max_size=3).map("".join),
    # Something more, which mostly makes it none.
    st.just("") | st.text(st.characters(max_codepoint=127), max_size=2),
)


@pytest.fixture(scope="module")
def ask(browser):
    """ask(selectors) -> what each of them is on the page: found, not found, or none."""
    page = browser.new_page()
    page.set_content(PAGE)
    yield lambda asked: page.evaluate(ASK, asked)
    page.close()


@settings(max_examples=40, derandomize=True, deadline=None, database=None)
@given(some=st.lists(selectors, min_size=50, max_size=100, unique=True))
def test_a_warning_is_never_wrong(ask, some):
    wrong = []
    for selector, answer in zip(some, ask(some), strict=True):
        told = "".join(map(str, find_missing_containers(PAGE, [selector])))
        right = {"none"} if "is no CSS selector" in told else {"none", "not found"}
        if told and answer not in right:
            wrong.append((selector, told, answer))
    assert wrong == []


IDS = [
    "chat",
    "1st",
    "-1st",
    "-",
    "--x",
    "a.b:c",
    "chat box",
    "chat\tbox",
    "äää#chat",
    "a\\bc",
    "chat\x7f",
]


def test_an_id_in_an_advice_is_written_as_a_browser_writes_it(browser):
    page = browser.new_page()
    for name in IDS:
        escaped = page.evaluate("name => CSS.escape(name)", name)
        (told,) = find_missing_containers(f'<p id="{name}">', [f".{escaped}"])
        assert str(told).endswith(f"; did you mean #{escaped}?")
    page.close()
