"""One build of one site: what an adapter has of the core, whatever its host."""

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chaport_core import Build, BuildRefused, Page, Source, settings_or_refuse
from chaport_core.page.scripts import content, preview_widget
from chaport_core.settings.site import HOSTED_CHAT

PAGE = "<!doctype html><html lang=en><head></head><body>{}</body></html>"
UNREAD = "some.key: x\nchaport: false\n\nWords.\n"
SECRET = {"chaport": {"visitor": {"email": "jo@example.org"}}}
BuildOf = Callable[..., Build]


@pytest.fixture
def build_of(app_id: str, tmp_path: Path) -> BuildOf:
    """A build into `out`, which is not there yet; options of the site, then those of the build."""

    def make(options: dict[str, Any] | None = None, **known: Any) -> Build:
        log = logging.getLogger("test")
        settings = settings_or_refuse({"appId": app_id, **(options or {})}, "CHAPORT", log)
        return Build(settings, tmp_path / "out", log, **known)

    return make


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [(record.levelname, record.getMessage()) for record in caplog.records]


# ---- Problems --------------------------------------------------------------------------------


def test_mistakes_of_a_site_are_refused_at_once_and_warnings_logged(
    app_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("test")
    with pytest.raises(BuildRefused) as refused:
        settings_or_refuse({"appId": app_id, "lancher": 1, "history": "no"}, "site.yml", log)
    assert str(refused.value) == (
        "site.yml has mistakes:\n"
        "  - history: expected true or false, found the text 'no'; remove the quotes\n"
        "  - lancher: is not an option here; did you mean launcher?"
    )
    assert refused.value.subject == "site.yml has mistakes"
    both = {"include": ["ios"], "exclude": ["desktop"]}
    settings_or_refuse({"appId": app_id, "devices": both}, "site.yml", log)
    ignored = "is ignored by the widget because exclude is set beside it; keep one of the two"
    assert told(caplog) == [("WARNING", f"site.yml: devices.include: {ignored}")]


def test_the_problems_of_a_page_are_logged_with_its_name(
    build_of: BuildOf, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    build = build_of()
    metadata = {"chaport": {"lancher": 1}}
    build.add_chat(PAGE, Page("a.html", "a.md", metadata))
    build.add_chat(PAGE, Page("b\n.html", metadata=metadata))
    build.add_chat(PAGE.format("<a href='chaport:getWidgetState'>"), Page("c.html"))
    mistake = "chaport.lancher: is not an option here; did you mean launcher?"
    hint = "nobody hears what getWidgetState returns here; call it in the site's own script"
    assert told(caplog) == [
        ("WARNING", f"a.md: {mistake}"),
        ("WARNING", rf"b\n.html: {mistake}"),
        ("INFO", f"c.html: the link 'chaport:getWidgetState': {hint}"),
    ]


def test_all_secrets_are_refused_before_any_page_is_written(build_of: BuildOf) -> None:
    link = "<a href='chaport:setVisitorData?email=jo@example.org'>"
    sources = [Source("a.md", SECRET, ""), Source("b.md", {}, "Words"), Source("c.md", {}, link)]
    build_of().refuse_secrets(sources[1:2])
    with pytest.raises(BuildRefused) as refused:
        build_of().refuse_secrets(sources)
    assert refused.value.subject == "secrets in pages"
    first, second = refused.value.problems
    assert str(first).startswith("a.md: chaport.visitor.email: would be the same")
    assert str(second).startswith("c.md: the link 'chaport:setVisitorData': visitor.email: would")


def test_a_secret_in_a_page_is_refused_though_its_source_held_none(build_of: BuildOf) -> None:
    for page in (Page("a.html", metadata=SECRET), Page("b.html", "a.html", SECRET)):
        with pytest.raises(BuildRefused) as refused:
            build_of().add_chat(PAGE, page)
        assert refused.value.subject == "secrets in a.html"


# ---- Front matter ----------------------------------------------------------------------------


@pytest.mark.parametrize("body", [UNREAD, "<p>some.key: x\nchaport: false</p>\n<p>Words.</p>"])
def test_front_matter_that_the_host_gave_up_may_say_off(
    body: str, build_of: BuildOf, caplog: pytest.LogCaptureFixture
) -> None:
    page = Page("a.html", "a.md", body=body, read_source=lambda: UNREAD)
    assert build_of().add_chat(PAGE, page) == PAGE
    ((level, message),) = told(caplog)
    assert level == "WARNING"
    assert message.startswith("a.md: chaport: stands in front matter that could not be read")


def test_a_source_is_read_only_where_the_page_begins_with_words_about_chat(
    build_of: BuildOf,
) -> None:
    read = []

    def read_source() -> str:
        read.append(1)
        return "---\ntitle: x\n---\nchaport: these are words"

    for body in ("Words.", f"{'x' * 4000}chaport: words", ""):
        page = Page("a.html", metadata={"title": "x"}, body=body, read_source=read_source)
        assert build_of().add_chat(PAGE, page) != PAGE
    assert read == []
    page = page._replace(body="chaport: these are words")
    assert build_of().add_chat(PAGE, page) != PAGE
    assert read == [1]
    assert build_of().add_chat(PAGE, Page("a.html", body="chaport: words")) != PAGE


# ---- Files -----------------------------------------------------------------------------------


def test_a_file_that_pages_need_is_shipped_once_and_left_where_it_is_right(
    build_of: BuildOf, tmp_path: Path
) -> None:
    name, text = preview_widget()
    for _ in "ab":
        build = build_of(serving=True)
        for page in ("a.html", "b/c.html"):
            build.add_chat(PAGE, Page(page))
        assert [path.name for path in (tmp_path / "out").iterdir()] == [name]
        os.utime(tmp_path / "out" / name, (1, 1))
    build_of(serving=True).add_chat(PAGE, Page("a.html"))
    assert (tmp_path / "out" / name).stat().st_mtime == 1
    (tmp_path / "out" / name).write_text("half", encoding="utf-8")
    build_of(serving=True).add_chat(PAGE, Page("a.html"))
    assert (tmp_path / "out" / name).read_bytes() == text.encode()


def test_a_file_that_cannot_be_shipped_is_named(build_of: BuildOf, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(OSError, match="chaport-content") as error:
        build_of().add_chat(PAGE.format("<a href='chaport:open'>"), Page("a.html"))
    assert error.value.filename == content().name


@pytest.mark.parametrize(
    ("site_url", "root"),
    [
        ("", "/"),
        ("https://example.org", "/"),
        ("https://example.org/", "/"),
        ("https://example.org/docs", "/docs/"),
        ("https://example.org/docs/", "/docs/"),
    ],
)
def test_a_page_at_any_depth_finds_files_from_the_site_s_root(
    site_url: str, root: str, build_of: BuildOf
) -> None:
    build = build_of(site_url=site_url, serving=True)
    html = build.add_chat(PAGE, Page("404.html", at_any_depth=True))
    assert f"'{root}{preview_widget().name}'" in html


# ---- Feeds -----------------------------------------------------------------------------------

FEED = b"<rss><item>&lt;a href='chaport:open'>x&lt;/a> \xff\r\n</item></rss>"


@pytest.mark.parametrize(
    ("options", "site_url", "elsewhere", "address"),
    [
        ({}, "", None, f"{HOSTED_CHAT}{{app_id}}"),
        ({"fallback": "contact/"}, "", None, "contact/"),
        ({"fallback": "contact/"}, "https://a.org/docs", None, "https://a.org/docs/contact/"),
        ({"fallback": "contact/"}, "https://a.org/docs/", "", "https://a.org/docs/contact/"),
        ({"fallback": "contact/"}, "", "https://feeds.org", "https://feeds.org/contact/"),
        ({"fallback": "/contact/"}, "https://a.org/docs", None, "https://a.org/contact/"),
    ],
)
def test_a_feed_gets_ordinary_links_and_keeps_its_other_bytes(
    options: dict[str, Any],
    site_url: str,
    elsewhere: str | None,
    address: str,
    build_of: BuildOf,
    app_id: str,
    tmp_path: Path,
) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(FEED)
    build_of(options, site_url=site_url).complete_feed(feed, elsewhere)
    link = f'href="{address.format(app_id=app_id)}"'
    written = feed.read_bytes()
    assert written.count(link.encode()) == 1
    assert written.endswith(b" \xff\r\n</item></rss>")
    assert b"chaport:open" not in written


def test_a_feed_without_chat_links_is_not_written(build_of: BuildOf, tmp_path: Path) -> None:
    feed = tmp_path / "feed.json"
    feed.write_text(json.dumps({"text": "chaport:open"}), encoding="utf-8")
    os.utime(feed, (1, 1))
    build_of().complete_feed(feed)
    assert feed.stat().st_mtime == 1


# ---- What a build says -----------------------------------------------------------------------


def test_a_build_explains_and_sums_up(build_of: BuildOf, app_id: str) -> None:
    lines: list[str] = []
    build = build_of({"pages": {"off.html": False}}, explain=lines.append)
    for name in ("a.html", "off.html"):
        build.add_chat(PAGE, Page(name))
    assert lines == [
        f'every page: appId: "{app_id}" (site)',
        "a.html: chat",
        'off.html: off (row "off.html")',
    ]
    assert build.summary() == "chat on 1 page, off on 1"


# ---- Front matter that the host could not read ---------------------------------------------


def not_a_text() -> str:
    raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")


def not_there() -> str:
    raise FileNotFoundError("nb.md")


@pytest.mark.parametrize("read", [not_a_text, not_there])
def test_a_source_that_is_no_text_is_a_page_like_any_other(
    read: Callable[[], str], build_of: BuildOf, caplog: pytest.LogCaptureFixture
) -> None:
    """A notebook, or a page that a hook has made."""
    page = Page("nb.html", "nb.md", body="chaport: live chat", read_source=read)
    assert "chaport" in build_of().add_chat(PAGE, page)
    assert told(caplog) == []


def test_a_text_about_chat_is_not_compared_with_its_source(build_of: BuildOf) -> None:
    def read() -> str:
        pytest.fail("the source was read")

    page = Page("a.html", "a.md", body="About Chaport chat.", read_source=read)
    assert "chaport" in build_of().add_chat(PAGE, page)


def test_what_is_explained_begins_with_the_first_page(build_of: BuildOf, app_id: str) -> None:
    lines: list[str] = []
    build = build_of(explain=lines.append)
    with pytest.raises(BuildRefused):
        build.refuse_secrets([Source("a.md", SECRET, "")])
    assert lines == []
    build.add_chat(PAGE, Page("a.html"))
    build.add_chat(PAGE, Page("b.html"))
    assert lines == [f'every page: appId: "{app_id}" (site)', "a.html: chat", "b.html: chat"]
