"""The widget speaks the page's language where the page cannot say it and the author did not."""

from collections.abc import Callable
from typing import Any

import pytest

from chaport_core.page.chat import Chat, Page
from chaport_core.page.language import agrees, primary_subtag, two_letter_code

Record = dict[str, Any]
FROM_HTML = {"source": "html"}


def page_in(lang: str | None) -> str:
    html = "<html>" if lang is None else f'<html lang="{lang}">'
    return f"<!doctype html>{html}<head></head><body></body></html>"


@pytest.mark.parametrize(
    ("known", "rendered", "language"),
    [
        # The rendered tag is well formed and of the same language: the widget reads it.
        ("en", "en", FROM_HTML),
        ("pt_BR", "pt-BR", FROM_HTML),
        ("pt_BR", "pt", FROM_HTML),
        ("pt-BR", "PT-br", FROM_HTML),
        ("zh_Hans_CN", "zh-Hans-CN", FROM_HTML),
        ("en_US.UTF-8", "en-US", FROM_HTML),
        ("fil", "fil-PH", FROM_HTML),
        (" de ", "de", FROM_HTML),
        # Malformed, as MkDocs' own themes write it.
        ("pt_BR", "pt_BR", {"use": "pt"}),
        ("zh_Hans_CN", "zh_Hans_CN", {"use": "zh"}),
        ("en", "e", {"use": "en"}),
        ("en", "en-", {"use": "en"}),
        ("en", " en", {"use": "en"}),
        ("en", "en\n", {"use": "en"}),
        # Missing or empty.
        ("en", None, {"use": "en"}),
        ("pt_BR", "", {"use": "pt"}),
        # Another one: a Pelican theme that writes DEFAULT_LANG on a translation.
        ("fr", "en", {"use": "fr"}),
        ("FR", "en", {"use": "fr"}),
        ("de_AT", "da-AT", {"use": "de"}),
        # Nobody knows the page's language.
        (None, None, FROM_HTML),
        (None, "pt_BR", FROM_HTML),
    ],
)
def test_a_page_whose_html_lang_is_not_its_language_says_so_itself(
    chat_of: Callable[..., Chat],
    record_in: Callable[[str], Record],
    known: str | None,
    rendered: str | None,
    language: Record,
) -> None:
    html, problems = chat_of().add_to(page_in(rendered), Page("a.html", language=known))
    assert record_in(html)["language"] == language
    assert problems == []


@pytest.mark.parametrize("known", ["fil", "haw_US", "gsw-CH", "x-klingon", "C", "español", ""])
@pytest.mark.parametrize("rendered", [None, "en", "fil_PH"])
def test_a_language_without_a_2_letter_code_is_a_line_of_info(
    chat_of: Callable[..., Chat],
    record_in: Callable[[str], Record],
    known: str,
    rendered: str | None,
) -> None:
    html, problems = chat_of().add_to(page_in(rendered), Page("a.html", language=known))
    assert record_in(html)["language"] == FROM_HTML
    assert [(str(one), one.severity) for one in problems] == [
        (
            f"is in {known!r}, which <html lang> does not say, and the widget takes 2-letter codes"
            " only; to choose its language set language: {use: ...}",
            "info",
        )
    ]


SAID: list[tuple[Any, Any]] = [
    ({"source": "header"}, {"source": "header"}),
    ({"source": "html"}, {"source": "html"}),
    ({"use": "es"}, {"use": "es"}),
    (None, ...),
    ({}, {}),
    ({"use": None}, {}),
]


LAYERS = [
    pytest.param(
        layer,
        said,
        language,
        id=f"{layer}: {said}",
    )
    for layer in ("site", "row", "front matter")
    for said, language in SAID
]


@pytest.mark.parametrize(("layer", "said", "language"), LAYERS)
def test_what_the_author_says_about_language_is_left_alone(
    chat_of: Callable[..., Chat],
    record_in: Callable[[str], Record],
    layer: str,
    said: Any,
    language: Any,
) -> None:
    option = {"language": said}
    site = {"site": option, "row": {"pages": {"**": option}}}.get(layer, {})
    metadata = {"chaport": option} if layer == "front matter" else {}
    page = Page("a.html", metadata=metadata, language="fil")
    html, problems = chat_of(**site).add_to(page_in("pt_BR"), page)
    assert record_in(html).get("language", ...) == language
    assert problems == []


def test_a_row_for_other_pages_says_nothing_about_this_one(
    chat_of: Callable[..., Chat], record_in: Callable[[str], Record]
) -> None:
    chat = chat_of(pages={"other/**": {"language": {"use": "es"}}})
    html, _ = chat.add_to(page_in(None), Page("a.html", language="fr"))
    assert record_in(html)["language"] == {"use": "fr"}


def test_two_pages_of_one_site_do_not_share_their_language(
    chat_of: Callable[..., Chat], record_in: Callable[[str], Record]
) -> None:
    chat = chat_of()
    pages = [("fr", "en"), ("de", "en"), ("fr", "fr"), ("fr", None), ("en", "en"), (None, "en")]
    seen = [
        record_in(chat.add_to(page_in(rendered), Page("a.html", language=known))[0])["language"]
        for known, rendered in pages
    ]
    assert seen == [{"use": "fr"}, {"use": "de"}, FROM_HTML, {"use": "fr"}, FROM_HTML, FROM_HTML]


@pytest.mark.parametrize(
    ("attributes", "lang"),
    [
        ("lang=fr", "fr"),
        ("lang='fr'", "fr"),
        ('LANG = "fr"', "fr"),
        ('class="a>b" lang="fr" lang="en"', "fr"),
        ('xml:lang="en" lang="fr"', "fr"),
        ('data-lang="en"', None),
        ('lang="f&#114;"', "fr"),
        ("lang", ""),
    ],
)
def test_the_lang_of_the_html_tag_is_read_as_a_browser_reads_it(
    chat_of: Callable[..., Chat],
    record_in: Callable[[str], Record],
    attributes: str,
    lang: str | None,
) -> None:
    page = f"<!doctype html><HTML {attributes}><head></head></html>"
    html, _ = chat_of().add_to(page, Page("a.html", language="fr"))
    assert record_in(html)["language"] == (FROM_HTML if lang == "fr" else {"use": "fr"})


def test_the_first_of_two_html_tags_counts(
    chat_of: Callable[..., Chat], record_in: Callable[[str], Record]
) -> None:
    page = '<!doctype html><html lang="fr"><html lang="en"><head></head></html>'
    html, _ = chat_of().add_to(page, Page("a.html", language="fr"))
    assert record_in(html)["language"] == FROM_HTML


def test_the_record_names_the_pages_language_and_nothing_where_it_is_unknown(
    chat_of: Callable[..., Chat],
) -> None:
    html, _ = chat_of().add_to(page_in("pt-BR"), Page("a.html", language="pt_BR"))
    assert ' data-v="1" data-lang="pt_BR">' in html
    html, _ = chat_of().add_to(page_in("pt-BR"), Page("a.html"))
    assert "data-lang" not in html


def test_the_parts_of_a_language() -> None:
    assert [primary_subtag(one) for one in ("pt_BR", "zh-Hans", "EN", "ca@x", "C.UTF-8")] == [
        "pt",
        "zh",
        "en",
        "ca",
        "c",
    ]
    assert [two_letter_code(one) for one in ("pt_BR", "fil", "ZH-hant", "c", "", "éé")] == [
        "pt",
        None,
        "zh",
        None,
        None,
        None,
    ]
    assert agrees("pt_BR", "pt")
    assert not agrees("pt_BR", None)
