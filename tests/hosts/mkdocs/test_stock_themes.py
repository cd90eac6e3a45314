"""Holds MkDocs' own themes: every page and template page, and nothing that is no page."""

import pytest
from tests.contract.written_site import without_chat
from tests.far_end.addresses import APP_ID

DOCS = {
    "docs/index.md": "# Home\n",
    "docs/guide/start.md": "---\nchaport: {launcher: {show: false}}\n---\n# Start\n",
    "docs/guide/off.md": "---\nchaport: false\n---\n# Off\n",
    "docs/raw.html": "<!doctype html><html><head></head><body>As written</body></html>\n",
    "docs/robots.txt": "Sitemap: {{ config.site_url }}sitemap.xml </head>\n",
    "docs/extra.html": "<!doctype html><html><head></head><body>{{ base_url }}</body></html>\n",
    "docs/data.xml": "<html><head></head><body/></html>\n",
}
CONFIGURATION = """\
site_name: A site
site_url: https://example.org/docs/
theme: {theme}
use_directory_urls: {directories}
extra_templates: [robots.txt, extra.html, data.xml]
plugins: [{plugins}]
"""
HTML = {"source": "html"}
# `<html lang>` of these themes is pt_BR, zh_Hans_CN (with Babel) or zh_CN, and without a locale en.
KINDS = {
    "mkdocs in Portuguese": ("mkdocs", "pt_BR", "true", {"use": "pt"}),
    "readthedocs in Chinese": ("readthedocs", "zh_CN", "false", {"use": "zh"}),
    "mkdocs without a locale": ("mkdocs", None, "true", HTML),
    "readthedocs in French": ("readthedocs", "fr", "true", HTML),
}


def outputs(directories, locale):
    """The pages of `DOCS` and what each adds to the site's options; None: no chat."""
    # This template has no `<html lang>`.
    extra = {"language": {"use": locale[:2]}} if locale else {}
    end = "/index.html" if directories == "true" else ".html"
    return {
        "index.html": {},
        f"guide/start{end}": {"launcher": {"show": False}},
        f"guide/off{end}": None,
        "raw.html": None,
        "404.html": {},
        "extra.html": extra,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_and_html_template_has_chat_and_nothing_else_is_touched(project, kind):
    name, locale, directories, language = KINDS[kind]
    theme = f"{{name: {name}{f', locale: {locale}' if locale else ''}}}"
    chat = f"search, chaport: {{appId: {APP_ID}}}"

    def files(plugins):
        configuration = CONFIGURATION.format(theme=theme, directories=directories, plugins=plugins)
        project.write(DOCS | {"mkdocs.yml": configuration})
        assert project.build().code == 0
        return project.files()

    untouched, with_chat = files("search"), files(chat)
    assert without_chat(with_chat) == untouched
    expected = outputs(directories, locale) | ({"search.html": {}} if name == "readthedocs" else {})
    found = project.records()
    assert {output: record and record["config"] for output, record in found.items()} == {
        output: None if own is None else {"appId": APP_ID, "language": language, **own}
        for output, own in expected.items()
    }
    known = {record.get("lang") for record in found.values() if record}
    assert known == {"zh_Hans_CN" if b"zh_Hans_CN" in with_chat["index.html"] else locale}
