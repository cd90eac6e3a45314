"""Where options came from: the layer that had the last word on each, in whole lines."""

from collections.abc import Callable
from typing import Any

import pytest

from chaport_core.page.chat import Chat, Page
from chaport_core.settings.site import SiteSettings

PAGE = "<!doctype html><html lang=de><head></head>"
UNREAD = "some.key: x\nchaport: false\n"
SHA = "0123456789abcdef0123456789abcdef01234567"
SettingsOf = Callable[..., SiteSettings]


def lines_of(settings: SiteSettings, *pages: Page) -> list[str]:
    """What is told of the site and of these pages."""
    lines: list[str] = []
    chat = Chat(settings, print, explain=lines.append)
    for page in pages:
        chat.add_to(PAGE, page)
    return lines


def front(value: object, path: str = "a.md", **known: Any) -> Page:
    return Page(path.replace(".md", ".html"), path, {"chaport": value}, **known)


def line_of(settings: SiteSettings, page: Page) -> str:
    return lines_of(settings, page)[1].removeprefix("a.md: ")


def test_the_site_s_own_options_are_told_once(settings_of: SettingsOf, app_id: str) -> None:
    settings = settings_of(enabled=False, history=False, language=None, unchecked={"brandNew": {}})
    assert lines_of(settings, front({}), Page("b.html")) == [
        f'every page: brandNew: {{}} (site), appId: "{app_id}" (site), enabled: false (site),'
        " history: false (site), language: taken away (site)",
        "a.md: off (site)",
        "b.html: off (site)",
    ]


ROWS = {
    "api/**": {"launcher": {"show": False}, "operators": ["a", "b"]},
    "api/new/*": {"launcher": {"show": True}, "enabled": False},
    "api/new/on.md": True,
    "api/old.md": {"launcher": None, "enabled": None},
}


@pytest.mark.parametrize(
    ("path", "said", "told"),
    [
        ("index.md", {}, "chat"),
        ("index.md", False, "off (front matter)"),
        ("index.md", True, "chat (front matter)"),
        ("index.md", {"enabled": False, "history": True}, "off (front matter)"),
        (
            "api/a.md",
            {},
            'chat; launcher.show: false (row "api/**"), operators: ["a","b"] (row "api/**")',
        ),
        (
            "api/a.md",
            {"operators": []},
            'chat; launcher.show: false (row "api/**"), operators: [] (front matter)',
        ),
        (
            "api/a.md",
            {"launcher": {"show": None}, "operators": None},
            "chat; launcher.show: taken away (front matter), operators: taken away (front matter)",
        ),
        ("api/new/a.md", {}, 'off (row "api/new/*")'),
        (
            "api/new/on.md",
            {},
            'chat (row "api/new/on.md"); operators: ["a","b"] (row "api/**"),'
            ' launcher.show: true (row "api/new/*")',
        ),
        (
            "api/old.md",
            {"launcher": {"show": True}},
            'chat (row "api/old.md"); operators: ["a","b"] (row "api/**"),'
            ' launcher: taken away (row "api/old.md"), launcher.show: true (front matter)',
        ),
    ],
)
def test_the_last_layer_that_says_something_is_named(
    path: str, said: object, told: str, settings_of: SettingsOf
) -> None:
    assert lines_of(settings_of(pages=ROWS), front(said, path))[1] == f"{path}: {told}"


def test_front_matter_that_cannot_be_read_turns_chat_off(settings_of: SettingsOf) -> None:
    page = Page("a.html", "a.md", body=UNREAD, read_source=lambda: UNREAD)
    assert line_of(settings_of(), page) == "off (front matter)"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, 'chat; language.use: "pt" (the page\'s, which <html lang> does not say)'),
        ({"language": {"use": "fr"}}, 'chat; language.use: "fr" (front matter)'),
        ({"language": {"source": "html"}}, 'chat; language.source: "html" (front matter)'),
        (False, "off (front matter)"),
    ],
)
def test_the_language_that_is_put_right_is_told(
    said: object, told: str, settings_of: SettingsOf
) -> None:
    assert line_of(settings_of(), front(said, language="pt_BR")) == told


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        (
            "x",
            "a\nWARNING\r\t\x1b[31m\u2028\u202e\ud800",
            r'visitor.custom.x: "a\nWARNING\r\t\u001b[31m\u2028\u202e\ud800"',
        ),
        ("a\nb", 'Ü "quoted"', 'visitor.custom."a\\nb": "Ü \\"quoted\\""'),
        ("x", 1.5, "visitor.custom.x: 1.5"),
        ("x", "y" * 58, f'visitor.custom.x: "{"y" * 58}"'),
        ("x", "y" * 59, f'visitor.custom.x: "{"y" * 56}...'),
        # Of a revision nobody says that it is a secret, but it has the form of one.
        ("commit", SHA, "visitor.custom.commit: not shown, since it looks like a secret"),
    ],
)
def test_a_value_is_short_on_one_line_and_gives_nothing_away(
    key: str, value: object, told: str, settings_of: SettingsOf
) -> None:
    line = line_of(settings_of(), front({"visitor": {"custom": {key: value}}}))
    assert line == f"chat; {told} (front matter)"
    assert line.isprintable()


def test_a_secret_is_not_told(settings_of: SettingsOf) -> None:
    said = {"visitor": {"email": "jo@example.org"}, "history": False}
    assert line_of(settings_of(), front(said)) == "chat; history: false (front matter)"
