"""Holds what every host promises about the widget's language, whatever the theme writes."""

from tests.contract.hosts import Page, Site
from tests.contract.written_site import read_records
from tests.far_end.addresses import APP_ID

HTML_LANG = {
    "agrees.md": "htmllang: pt-BR",
    "primary.md": "htmllang: PT",
    "malformed.md": "htmllang: pt_BR",
    "other.md": "htmllang: en",
    "missing.md": "",
    "author.md": 'htmllang: en\nchaport: {"language": {"use": "de"}}',
    "header.md": 'htmllang: en\nchaport: {"language": {"source": "header"}}',
    "taken.md": 'htmllang: en\nchaport: {"language": null}',
}
PAGES = {source: Page(front_matter) for source, front_matter in HTML_LANG.items()}


def records_of(host, site, languages):
    """The records of a site's pages, by what each says about language."""
    lang = host.language_of(site)
    data = {"v": "1"} if lang is None else {"v": "1", "lang": lang}
    return {
        host.output(source): {
            "config": {"appId": APP_ID} | ({"language": said} if said else {}),
            **data,
        }
        for source, said in languages.items()
    }


def test_a_theme_s_wrong_language_is_put_right_unless_the_author_speaks(host, build):
    site = Site(PAGES, {"appId": APP_ID}, language="pt_BR", bare_theme=True)
    source, use = {"source": "html"}, {"use": "pt"}
    languages = {
        "agrees.md": source,
        "primary.md": source,
        "malformed.md": use,
        "other.md": use,
        "missing.md": use,
        "author.md": {"use": "de"},
        "header.md": {"source": "header"},
        "taken.md": None,
    }
    assert read_records(build(host, site).folder) == records_of(host, site, languages)


def test_a_language_without_a_two_letter_code_is_left_to_the_page_with_a_hint(host, build):
    pages = {"index.md": Page(), "agrees.md": Page("htmllang: fil")}
    site = Site(pages, {"appId": APP_ID}, language="fil", bare_theme=True)
    built = build(host, site, *host.talkative)
    source = {"source": "html"}
    assert read_records(built.folder) == records_of(
        host, site, {"index.md": source, "agrees.md": source}
    )
    said = host.messages(built.console, "INFO")
    hints = [line for line in said if line.startswith("index.md: is in")]
    assert hints == [
        "index.md: is in 'fil', which <html lang> does not say, and the widget takes 2-letter"
        " codes only; to choose its language set language: {use: ...}"
    ]


def test_a_layer_that_names_the_language_is_obeyed_on_every_page(host, build):
    pages = {"index.md": Page(), "other.md": Page("htmllang: en")}
    said = {"source": "header"}
    options = {"appId": APP_ID, "pages": {"**": {"language": said}}}
    site = Site(pages, options, language="pt_BR", bare_theme=True)
    assert read_records(build(host, site).folder) == records_of(
        host, site, dict.fromkeys(pages, said)
    )
