"""What a built page says itself, however a template wrote it."""

import pytest

from chaport_core.page.built_page import read_page_settings


@pytest.mark.parametrize(
    ("page", "settings"),
    [
        ("<p>chaport:page</p>", {}),
        ("<meta name=chaport content='{}' data-v=1>", {}),
        ("<meta name=chaport:page content=false>", {"chaport": "false"}),
        (
            """<META CONTENT='{"history": true}' NAME="Chaport:Page"/>""",
            {"chaport": '{"history": true}'},
        ),
        ('<meta name="chaport:page" content="{&quot;a&quot;: 1}">', {"chaport": '{"a": 1}'}),
        # A text as a template's filter for JSON writes it, and what only looks like one.
        ("<meta name='chaport:page' content='\"off\"'>", {"chaport": "off"}),
        ("<meta name='chaport:page' content='\"off'>", {"chaport": '"off'}),
        ("<meta name='chaport_open_in' content='#chat'>", {"chaport_open_in": "#chat"}),
        ("<body><p><meta name='chaport:page' content='false'>", {"chaport": "false"}),
        ("<!-- <meta name='chaport:page' content='false'> -->", {}),
        ("<textarea><meta name='chaport:page' content='false'></textarea>", {}),
        (
            "<meta name='chaport:page' content='false'><meta name='chaport:page' content='{}'>",
            {"chaport": "false", "chaport_": "{}"},
        ),
        ("<meta name='chaport:page'>", {"chaport": ""}),
    ],
)
def test_settings(page, settings):
    assert read_page_settings(page) == settings
