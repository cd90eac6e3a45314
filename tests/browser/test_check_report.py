"""The HTML report of `chaport check` in a browser: the filter, the keyboard, hostile values."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.far_end.addresses import APP_ID

from chaport_cli.main import main
from chaport_core.page.record import record_tag
from chaport_core.page.scripts import deferred_script, head_scripts, runtime

LOADER = head_scripts("none") + deferred_script(runtime().name)
EVIL = "</script></pre></style><script>evil()</script><img src=x onerror=evil()>'\"&amp;${rows}$$"


def write_page(folder: Path, name: str, head: str, body: str = "", lang: str = "en") -> None:
    html = f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    (folder / name).write_text(html, encoding="utf-8")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a small site full of markup where none belongs."""
    folder = tmp_path_factory.mktemp("check")
    site = folder / "<b>$site"
    site.mkdir()
    (site / runtime().name).write_text(runtime().text, encoding="utf-8", newline="")
    for number in range(3):
        plain = record_tag({"appId": APP_ID}, language=None)
        write_page(site, f"{number}.html", plain + LOADER)
    evil = {"appId": APP_ID, "appearance": {"teamName": EVIL}, EVIL[2:9]: EVIL}
    write_page(
        site,
        "<img src=x onerror=evil()>.html",
        record_tag(evil, language=None, consent=EVIL) + LOADER,
        '<a href="chaport:<script>evil()</script>">x</a>',
        lang="<i>",
    )
    write_page(site, "off.html", LOADER)
    output = folder / "report.html"
    arguments = ["check", str(site), "--format", "html", "-o", str(output)]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 1
    return output


@pytest.fixture
def shown(page, console, report):
    """The report as it is opened from a disk; nothing may be asked of any network."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    yield page
    assert (console, [url for url in asked if not url.startswith("data:")]) == (
        [],
        [report.as_uri()],
    )


def paths(page):
    return page.eval_on_selector_all(
        "tbody tr",
        """rows => rows.filter(row => row.checkVisibility())
            .map(row => row.querySelector('code').textContent)""",
    )


EVIL_PAGE = "<img src=x onerror=evil()>.html"
ALL = ["0.html", "1.html", "2.html", EVIL_PAGE, "off.html"]


def test_the_filter_shows_what_fits(shown):
    output = shown.locator(".filter output")
    assert (paths(shown), output.text_content()) == (ALL, "5 pages")
    shown.get_by_label("Search").fill("EVIL usually")
    assert (paths(shown), output.text_content()) == ([EVIL_PAGE], "1 of 5 pages")
    shown.get_by_label("Search").fill("")
    shown.locator("[name=state]").select_option("off")
    assert paths(shown) == ["off.html"]
    shown.locator("[name=level]").select_option("error")
    assert (paths(shown), output.text_content()) == ([], "0 of 5 pages")
    shown.locator("[name=state]").select_option("")
    assert paths(shown) == [EVIL_PAGE]
    shown.locator("[name=level]").select_option("")
    shown.locator("[name=kind]").select_option("reload")
    assert paths(shown) == [EVIL_PAGE, "off.html"]


def test_the_keyboard_reaches_filter_and_records(shown):
    shown.get_by_label("Search").focus()
    shown.keyboard.type("0.html")
    assert paths(shown) == ["0.html"]
    shown.keyboard.press("Enter")
    assert shown.url.endswith("report.html")
    for _ in range(4):
        shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.className") == "scroll"
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")
    assert shown.locator("pre:visible").all_text_contents() == [f'{{\n  "appId": "{APP_ID}"\n}}']


def test_markup_in_values_is_text(shown):
    assert shown.title().startswith("Chat on ")
    assert shown.locator("h1").text_content().endswith("<b>$site")
    assert shown.locator("script").count() == 1
    assert shown.locator("img, i, th b, h1 b").count() == 0
    record = shown.locator("pre").nth(3).text_content()
    assert "</script></pre></style><script>evil()</script><img src=x onerror=evil()>" in record
    assert "${rows}$$" in record


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window_and_both_schemes_differ(shown, width, scheme):
    shown.emulate_media(color_scheme=scheme)
    shown.set_viewport_size({"width": width, "height": 800})
    shown.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert shown.evaluate("document.documentElement.scrollWidth") == width
    ground = {"light": "rgb(246, 247, 249)", "dark": "rgb(20, 24, 30)"}[scheme]
    assert shown.evaluate("getComputedStyle(document.body).backgroundColor") == ground


def test_paper_has_the_table_and_no_filter(shown):
    shown.emulate_media(media="print")
    assert paths(shown) == ALL
    assert not shown.locator(".filter").is_visible()
