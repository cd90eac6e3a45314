"""Holds that what was put into a page comes out again, to the byte."""

from itertools import product
from pathlib import Path

import pytest
from tests.far_end.addresses import APP_ID

from chaport_core.page.chat import Chat, Page
from chaport_core.page.removal import remove_chat
from chaport_core.settings.site import read_settings

PAGES = {
    "a whole page": (Path(__file__).parents[1] / "page-of-10-kb.html").read_text(encoding="utf-8"),
    "no head": "<!doctype html><p>Words</p>",
    "charset in the body": f"<!doctype html><p>{'x' * 300}<meta charset=utf-8><p>y",
    "capitals": "<HTML><HEAD><TITLE>x</TITLE></HEAD><BODY></BODY></HTML>",
    "names of ours": (
        "<html><head><meta name='chaport:page' content='{}'><script>let chaport = 1</script>"
        "<script src='js/chaport-own.js'></script><link href='chaport.css'></head><body>chaport"
    ),
}
OPTIONS = {
    "live": {},
    "preview": {"widget": "preview"},
    "swapped": {"navigation": "always"},
    "off, swapped": {"navigation": "always", "enabled": False},
    "all at once": {"navigation": "always", "events": "dom", "consent": "material"},
    "manual": {"consent": "manual", "appearance": {"teamName": "'</script><b>&amp;\"'"}},
}


@pytest.mark.parametrize(("page", "options"), list(product(PAGES, OPTIONS)))
def test_a_page_comes_back_as_it_was(page: str, options: str) -> None:
    settings, problems = read_settings({"appId": APP_ID, **OPTIONS[options]})
    assert settings is not None
    assert problems == []
    chat = Chat(settings, lambda file: None)
    with_chat, _ = chat.add_to(PAGES[page], Page("a/index.html"))
    assert with_chat != PAGES[page]
    assert remove_chat(with_chat) == PAGES[page]


def test_the_vendor_s_own_code_and_a_page_without_chat_stay() -> None:
    pasted = "<script>s.src='https://app.chaport.com/javascripts/insert.js'</script>"
    for page in (f"<html><head>{pasted}</head>", "chaport", "", "<meta name=chaport content='{}'>"):
        assert remove_chat(page) == page


def test_only_the_head_s_is_taken_out() -> None:
    """A record that stands in a page's text was never ours."""
    record = "<meta name=chaport content='{}' data-v=1>"
    body = f"<textarea>{record}</textarea><!-- {record} --><p>{record}"
    page = f"<html><head><title>x</title></head><body>{body}"
    assert remove_chat(page) == page
