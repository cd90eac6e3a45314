"""Holds the documentation site, its tutorial, and every `mkdocs.yml` that it shows."""

import re
import shlex
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.contract.hosts import run, write_file
from tests.contract.written_site import read_records
from tests.docs.examples import ROOT, Example, examples, follow, the_example
from tests.far_end.addresses import APP_ID
from tests.hosts.mkdocs.conftest import is_installed

from chaport_core.schema.known import options_of
from chaport_core.schema.reference import callable_methods

pytestmark = pytest.mark.skipif(
    not is_installed("mkdocs-material"), reason="the documentation needs Material for MkDocs"
)
Pages = dict[str, LexborHTMLParser]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation, built without a warning."""
    folder = tmp_path_factory.mktemp("documentation")
    built = run(["mkdocs", "build", "--strict", "--site-dir", str(folder)], ROOT / "sites" / "docs")
    assert built.code == 0, built.console
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Every page of the documentation by its address below the site."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): LexborHTMLParser(
            path.read_text(encoding="utf-8")
        )
        for path in sorted(site.rglob("*.html"))
    }


# ---- The site --------------------------------------------------------------------------------


def test_every_link_and_anchor_leads_somewhere(site: Path, pages: Pages) -> None:
    base = "https://example.org/docs/"
    anchors = {name: {tag.id for tag in page.css("[id]")} for name, page in pages.items()}
    dead = []
    for name, page in pages.items():
        for tag in page.css("[href]"):
            address = urljoin(base + name, tag.attributes["href"] or "")
            path, _, anchor = address.partition("#")
            # The index page of the demo is no part of this site.
            if not path.startswith(base) or path == "https://example.org/":
                continue
            target = unquote(path.removeprefix(base))
            is_there = target in pages or (site / target).is_file()
            if not is_there or (anchor and anchor not in anchors.get(target, {anchor})):
                dead.append((name, tag.attributes["href"]))
    assert dead == []


def test_nothing_is_asked_of_anybody_else(pages: Pages) -> None:
    asked = {
        tag.attributes.get("src") or tag.attributes.get("href") or ""
        for page in pages.values()
        for tag in page.css("[src], link[href]:not([rel=canonical], [rel=prev], [rel=next])")
    }
    assert len(asked) > 10
    assert sorted(address for address in asked if urlsplit(address).netloc) == []


def test_pictures_have_words(pages: Pages) -> None:
    pictures = [tag for page in pages.values() for tag in page.css(".md-content img")]
    assert len(pictures) == 2
    assert [tag for tag in pictures if len(tag.attributes.get("alt") or "") < 20] == []


def test_the_reference_has_every_option_and_method(pages: Pages) -> None:
    options = pages["reference/options/"]
    headings = {tag.id: tag.tag for tag in options.css("h2, h3")}
    assert {name for name, level in headings.items() if level == "h3"} == {
        name.lower() for name in options_of("SiteOptions")
    }
    assert "<html lang>" in options.text()
    links = pages["reference/chat-links/"]
    cells = {tag.text() for tag in links.css("td:first-child code")}
    assert set(re.findall(r"^\| `(\w+)`", callable_methods(), re.M)) <= cells


def test_the_site_uses_what_it_describes(site: Path) -> None:
    records = {
        name: record["config"] if record else None
        for name, record in read_records(site).items()
        if name.startswith("how-to/") or name == "index.html"
    }
    look = {"windowColor": "teal", "teamName": "The manual", "position": ["right", 20, 20]}
    common = {"appId": APP_ID, "appearance": look, "language": {"source": "html"}}
    unlike = {name: config for name, config in records.items() if config != common}
    assert records["index.html"] == common
    assert unlike == {
        "how-to/pages/index.html": None,
        "how-to/launcher/index.html": {
            **common,
            "appearance": {**look, "position": ["left", 20, 24]},
        },
        "how-to/in-the-page/index.html": {
            **common,
            "launcher": {"show": False},
            "openIn": {"selector": "#chat"},
        },
    }


def test_chaport_check_finds_nothing_wrong(site: Path) -> None:
    checked = run(["chaport", "check", str(site)], site)
    assert (checked.code, checked.console.splitlines()[-1][:21]) == (0, "0 errors, 0 warnings,")


# ---- The tutorial and the examples -----------------------------------------------------------


def test_the_tutorial_leads_to_what_it_says(tmp_path: Path) -> None:
    commands = []

    def do(command: str, folder: Path) -> None:
        done = run(shlex.split(command), folder)
        assert done.code == 0, done.console
        commands.append(command)

    for _ in follow("tutorial/mkdocs.md", tmp_path, do):
        pass
    assert commands == ["mkdocs new my-docs", "mkdocs build --strict"]
    records = read_records(tmp_path / "my-docs" / "site")
    common = {"appId": APP_ID, "language": {"source": "html"}}
    assert records == {
        "404.html": {"config": common, "v": "1"},
        "api/index.html": {"config": {**common, "launcher": {"show": False}}, "v": "1"},
        "imprint/index.html": None,
        "index.html": {"config": common, "v": "1"},
    }


PASTED = '<script src="https://app.chaport.com/javascripts/insert.js"></script>'


def test_a_build_says_what_is_shown(tmp_path: Path) -> None:
    rows = '"api/**": {launcher: {show: false}}, "legal/**": false'
    pages = {
        "index.md": "# Home",
        "api/index.md": "---\nchaport: {appearance: {teamName: Me}}\n---\n# API",
        "legal/terms.md": "# Terms",
        "pasted.md": f"# Pasted\n\n{PASTED}",
    }
    for name, text in pages.items():
        write_file(tmp_path / "docs" / name, text)
    plugin = f"chaport: {{appId: {APP_ID}, pages: {{{rows}}}}}"
    write_file(tmp_path / "mkdocs.yml", f"site_name: A site\nplugins:\n  - {plugin}\n")
    said = run(["mkdocs", "build", "--verbose"], tmp_path).console
    shown = the_example(heading="What a build did", language="text").splitlines()
    lines = re.findall("(?:DEBUG|INFO) +-  (chaport: .*)", said)
    assert [line for line in lines if line in shown] == shown


@pytest.mark.parametrize("example", examples(title="mkdocs.yml"), ids=lambda example: example.place)
def test_a_site_with_the_example_is_built_without_a_warning(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # ProperDocs has no such modules outside of its own command.
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    name = "" if "site_name:" in example.text else "site_name: A site\n"
    address = "" if "site_url:" in example.text else "site_url: https://example.org/\n"
    write_file(tmp_path / "mkdocs.yml", name + address + example.text)
    # One example lets only this section have chat.
    for page in ("index.md", "support/index.md"):
        write_file(tmp_path / "docs" / page, "# A page\n\n[Talk to us](chaport:open)\n")
    config = load_config(str(tmp_path / "mkdocs.yml"), strict=True, site_dir=str(tmp_path / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    # It ends with an exception where MkDocs has logged a warning.
    build(config)
    written = tmp_path / "site" / "support" / "index.html"
    assert "data-chaport=" in written.read_text(encoding="utf-8")
