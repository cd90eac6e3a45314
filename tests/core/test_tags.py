"""A script's text ends where a browser ends it: not at an end tag that `<!-- <script>` hides."""

import pytest

from chaport_core.tags import is_closed, tokens

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
