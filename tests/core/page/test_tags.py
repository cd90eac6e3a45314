"""Tokens end where a browser ends them: a script at no end tag that `<!-- <script>` hides."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from chaport_core.page.tags import is_closed, tokens

TEXTS = {
    "<script>a</script>": "a",
    "<SCRIPT type=module>a</b></Script x>": "a</b>",
    "<script><!-- a </script> --></script>": "<!-- a ",
    "<script><!-- <script> </script> --></script>": "<!-- <script> </script> -->",
    "<script><!-- <script --> </script> </script>": "<!-- <script --> ",
    "<script><!-- <scripted> </script> --></script>": "<!-- <scripted> ",
    "<script><!-- <script> </script> </script> --></script>": "<!-- <script> </script> ",
    "<script><!-- <SCRIPT/> </SCRIPT> </script>": "<!-- <SCRIPT/> </SCRIPT> ",
    "<script><!--><script></script>": "<!--><script>",
    "<script><!---><script></script>": "<!---><script>",
    "<script>a --> <script></script>": "a --> <script>",
    "<script>a </scripted> </script>": "a </scripted> ",
    "<script>a < b <! c <!- </script>": "a < b <! c <!- ",
}


@pytest.mark.parametrize("page", TEXTS)
def test_a_scripts_text_is_what_a_browser_runs(page: str) -> None:
    script = next(tokens(page))
    assert (script["text"], is_closed(script)) == (TEXTS[page], True)


@pytest.mark.parametrize(
    "page", ["<script>a", "<script>a</script", "<script><!-- <script></script>"]
)
def test_a_script_without_an_end_is_known(page: str) -> None:
    script = next(tokens(page))
    assert (script["text"], is_closed(script)) == (page.removeprefix("<script>"), False)


@pytest.mark.parametrize("unclosed", ["<?", "<!x ", "</ "])
def test_a_comment_of_another_form_ends_with_the_page(unclosed: str) -> None:
    page = f"<b>{unclosed}<i"
    assert [token[0] for token in tokens(page)] == ["<b>", f"{unclosed}<i"]


@pytest.mark.parametrize("name", ["script", "title", "textarea", "noscript"])
def test_nothing_follows_an_end_tag_that_is_cut_short(name: str) -> None:
    (token,) = tokens(f"<{name}><b></{name} ")
    assert (token["text"], is_closed(token)) == ("<b>", False)


@pytest.mark.parametrize("unclosed", ["<?", "</ ", "</title "])
def test_a_page_of_unclosed_tags_takes_reasonable_time(
    unclosed: str, at_most: Callable[[float], AbstractContextManager[None]]
) -> None:
    with at_most(1):
        assert len(list(tokens(f"<title>{unclosed * 100_000}"))) == 1
        assert len(list(tokens(f"<b>{unclosed * 100_000}"))) <= 2
