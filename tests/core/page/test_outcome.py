"""What a build made of its pages, in whole sentences."""

from collections.abc import Callable

import pytest

from chaport_core.page.chat import Chat, Page
from chaport_core.page.outcome import summary_of

PAGE = "<!doctype html><head></head>"
UNREAD = "some.key: x\nchaport: false\n"
PASTED = "<script src='https://app.chaport.com/javascripts/insert.js'></script>"


@pytest.mark.parametrize(
    ("on", "off", "foreign", "fragments", "warned", "said"),
    [
        (0, 0, 0, 0, 0, "chat on no page"),
        (1, 0, 0, 0, 0, "chat on 1 page"),
        (0, 3, 0, 0, 0, "chat on no page, off on 3"),
        (42, 1, 0, 0, 0, "chat on 42 pages, off on 1"),
        (
            2,
            0,
            1,
            0,
            1,
            "chat on 2 pages; 1 left as it was (carries Chaport's own installation code);"
            " warnings on 1 page",
        ),
        (
            42,
            3,
            2,
            1,
            4,
            "chat on 42 pages, off on 3; 2 left as they were (carry Chaport's own installation"
            " code); 1 left as it was (is no HTML document); warnings on 4 pages",
        ),
        (1, 0, 0, 5, 0, "chat on 1 page; 5 left as they were (are no HTML documents)"),
    ],
)
def test_the_sentence_says_what_there_is(
    on: int, off: int, foreign: int, fragments: int, warned: int, said: str
) -> None:
    outcomes = {"on": on, "off": off, "foreign": foreign, "fragment": fragments}
    assert summary_of(outcomes, warned) == said


def test_a_page_is_counted_once_by_what_became_of_it(chat_of: Callable[..., Chat]) -> None:
    chat = chat_of(pages={"off/*": False}, openIn={"selector": "#chat"})
    add = [
        ("<p id='chat'>", Page("a.html")),
        # No such element, and one sentence for it, however many warnings.
        ("", Page("b.html", metadata={"chaport_lancher": "no", "chaport_x": "y"})),
        ("<p id='chat'>", Page("c.html", body=UNREAD, read_source=lambda: UNREAD)),
        # A hint is no warning.
        ("<p id='chat'>", Page("d.html", language="fil")),
        ("<a id='chat' href='chaport:open'>", Page("e.html")),
        ("<a id='chat' href='chaport:opn'>", Page("f.html")),
        (PASTED, Page("g.html")),
        (PASTED, Page("off/h.html")),
    ]
    for body, page in add:
        html, _ = chat.add_to(PAGE + body, page)
        # Again, as a plugin may hand over a page that was put right before.
        if 'name="chaport"' in html:
            assert chat.add_to(html, page)[0] == html
    assert chat.add_to("<p>Text", Page("i.html"))[0] == "<p>Text"
    assert chat.summary() == (
        "chat on 5 pages, off on 2; 1 left as it was (carries Chaport's own installation code);"
        " 1 left as it was (is no HTML document); warnings on 4 pages"
    )
