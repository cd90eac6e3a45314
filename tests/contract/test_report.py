"""Holds what every host says of a build: one line on all pages, and each page's line on demand."""

from tests.contract.hosts import Page, Site
from tests.contract.test_resolution import SNIPPET
from tests.far_end.addresses import APP_ID

LONG = "Ask us anything about the interface, in whatever language you like to write."
OPTIONS = {
    "appId": APP_ID,
    "appearance": {"position": ["right", 20, 40], "teamName": "Docs"},
    "history": False,
    "pages": {
        "api/**": {"launcher": {"show": False}, "appearance": {"teamName": "API"}},
        "api/old.md": {"appearance": {"position": None}, "history": None},
        "legal/*": False,
        "legal/contact.md": True,
    },
}
PAGES = {
    "index.md": Page("htmllang: en"),
    "german.md": Page("htmllang: de"),
    "api/index.md": Page("htmllang: en"),
    "api/own.md": Page(
        'htmllang: en\nchaport: {"appearance": {"teamName": "Me\\n\\u202eWARNING"}}'
    ),
    "api/old.md": Page("htmllang: en"),
    "api/long.md": Page(
        f'htmllang: en\nchaport: {{"appearance": {{"onlineWelcome": "{LONG}", "teamName": null}}}}'
    ),
    "legal/terms.md": Page("htmllang: en\nchaport_history: true"),
    "legal/contact.md": Page("htmllang: en\nchaport_launcher: false"),
    "off.md": Page("htmllang: en\nchaport: off"),
    "pasted.md": Page("htmllang: en", SNIPPET),
    "mistaken.md": Page("htmllang: en\nchaport_lancher: no"),
    "part.md": Page("fragment: yes"),
}
SITE = Site(PAGES, OPTIONS, bare_theme=True)
SUMMARY = (
    "chat on 8 pages, off on 2; 1 left as it was (carries Chaport's own installation code);"
    " 1 left as it was (is no HTML document); warnings on 2 pages"
)
ORIGINS = [
    f'every page: appId: "{APP_ID}" (site), appearance.position: ["right",20,40] (site),'
    ' appearance.teamName: "Docs" (site), history: false (site)',
    "index.md: chat",
    'german.md: chat; language.use: "en" (the page\'s, which <html lang> does not say)',
    'api/index.md: chat; launcher.show: false (row "api/**"),'
    ' appearance.teamName: "API" (row "api/**")',
    'api/own.md: chat; launcher.show: false (row "api/**"),'
    r' appearance.teamName: "Me\n\u202eWARNING" (front matter)',
    'api/old.md: chat; launcher.show: false (row "api/**"),'
    ' appearance.teamName: "API" (row "api/**"),'
    ' appearance.position: taken away (row "api/old.md"), history: taken away (row "api/old.md")',
    'api/long.md: chat; launcher.show: false (row "api/**"),'
    f' appearance.onlineWelcome: "{LONG[:56]}... (front matter),'
    " appearance.teamName: taken away (front matter)",
    'legal/terms.md: off (row "legal/*")',
    'legal/contact.md: chat (row "legal/contact.md"); launcher.show: false (front matter)',
    "off.md: off (front matter)",
    "pasted.md: left as it was (carries Chaport's own installation code)",
    "mistaken.md: chat",
    "part.md: left as it was (is no HTML document)",
]


def test_a_build_ends_with_one_line_on_its_pages(host, build):
    built = build(host, SITE)
    assert (built.code, host.summaries(built.console)) == (0, [SUMMARY])
    assert host.origins(built.console) == []


def test_a_verbose_build_says_where_each_page_s_options_came_from(host, build):
    built = build(host, SITE, *host.verbose)
    assert (built.code, host.summaries(built.console)) == (0, [SUMMARY])
    assert sorted(host.origins(built.console)) == sorted(ORIGINS)


def test_a_strict_build_without_a_mistake_is_told_of_too(host, build):
    site = Site({"index.md": Page()}, {"appId": APP_ID}, bare_theme=True)
    built = build(host, site, *host.strict)
    assert (built.code, host.summaries(built.console)) == (0, ["chat on 1 page"])
