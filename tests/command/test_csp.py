"""`chaport csp`: the policy alone on standard output, sentences beside it, an exit code."""

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chaport_cli.main import main
from chaport_core.inspection.policy import VENDORS_SAY
from chaport_core.page.scripts import head_scripts, loader_hash

CHAT = f"<!doctype html><head>{head_scripts('none')}</head>"
POLICY = f"script-src '{loader_hash()}' https://app.chaport.com\n"
SCRIPT = "<script>a()</script>"
SCRIPTS = "script-src 'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='\n"
ADVICE = "name the folder that the build wrote (MkDocs: site, Pelican: output).\n"


def csp(folder: Path) -> tuple[int, str, str]:
    done: Result = CliRunner().invoke(main, ["csp", str(folder)], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        file = folder / name.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def test_every_page_is_read_and_nothing_else(site: Path) -> None:
    write(site, index_html=CHAT)
    assert csp(site) == (0, POLICY, f"{VENDORS_SAY}\n")
    (site / "a").mkdir()
    (site / "a" / "feed.xml").write_text(SCRIPT)
    (site / "a" / "LICENSE").write_text(SCRIPT)
    (site / "a" / "image").write_bytes(b"\xff\xd8")
    os.mkfifo(site / "a" / "pipe")
    assert csp(site) == (0, POLICY, f"{VENDORS_SAY}\n")
    os.mkfifo(site / "a" / "pipe.html")
    told = "a/pipe.html is no ordinary file, so the policy does not cover it."
    assert csp(site) == (1, POLICY, f"{told}\n{VENDORS_SAY}\n")


@pytest.mark.parametrize("name", ["a.html", "deep/er/A.HTM", ".hidden/a.html", "plain"])
def test_pages_lie_anywhere_under_any_of_their_names(site: Path, name: str) -> None:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    page = f"\ufeff\n<!DOCTYPE html>\r\n{SCRIPT}"
    (site / name).write_text(page, encoding="utf-8", newline="")
    assert csp(site) == (0, SCRIPTS, "")


def test_folders_behind_links_are_read_once_and_loops_end(site: Path, tmp_path: Path) -> None:
    write(site, index_html="<a onclick=a()></a>")
    write(tmp_path / "elsewhere", a_html=f"{SCRIPT}<a onclick=a()></a>")
    (site / "latest").symlink_to(tmp_path / "elsewhere")
    (site / "once-more").symlink_to(tmp_path / "elsewhere")
    (site / "loop").symlink_to(site)
    (tmp_path / "elsewhere" / "up").symlink_to(site)
    told = (
        "Inline event handlers such as onclick, which no hash admits: 2, in index.html and"
        " latest/a.html. Let a script of the site add the listeners.\n"
    )
    assert csp(site) == (0, SCRIPTS, told)


def test_what_cannot_be_read_is_told_file_by_file_and_the_rest_is_done(site: Path) -> None:
    write(site, b_html=SCRIPT)
    (site / "a.html").write_bytes(b"<title>caf\xe9</title>")
    (site / "c.html").symlink_to(site / "nowhere.html")
    (site / "d.html").symlink_to(site / "d.html")
    assert csp(site) == (
        1,
        SCRIPTS,
        "a.html is not written in UTF-8, so the policy does not cover it.\n"
        "c.html cannot be read (No such file or directory), so the policy does not cover it.\n"
        "d.html cannot be read (Too many levels of symbolic links), so the policy does not"
        " cover it.\n",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_closed_folder_is_told_of(site: Path) -> None:
    write(site, index_html=SCRIPT, closed__a_html=SCRIPT)
    (site / "closed").chmod(0)
    told = "closed cannot be read (Permission denied), so the policy does not cover it.\n"
    assert csp(site) == (1, SCRIPTS, told)
    site.chmod(0)
    assert csp(site) == (2, "", f"{site} is no folder that can be read; {ADVICE}")
    site.chmod(0o700)


def test_a_name_that_no_terminal_can_write_is_told_of(site: Path) -> None:
    Path(os.fsdecode(os.fsencode(site) + b"/\xff.html")).write_bytes(b"\xff")
    told = "\\udcff.html is not written in UTF-8, so the policy does not cover it.\n"
    assert csp(site) == (1, "", told)


def test_a_folder_without_pages_and_what_is_no_folder_are_told_of(site: Path) -> None:
    assert csp(site) == (2, "", f"{site} holds no HTML page; {ADVICE}")
    write(site, a_html=SCRIPT)
    for path in (site / "a.html", site / "missing"):
        assert csp(path) == (2, "", f"{path} is no folder that can be read; {ADVICE}")


def test_the_commands_say_what_they_are_for() -> None:
    group = CliRunner().invoke(main, ["--help"]).output
    names = re.findall(r"^  ([a-z]+) +[A-Z]", group.partition("Commands:")[2], re.M)
    assert names == ["apply", "check", "csp", "reference", "schema"]
    for flag in ("-h", "--help"):
        shown = CliRunner().invoke(main, ["csp", flag])
        assert shown.exit_code == 0
        assert shown.output.startswith("Usage: main csp [OPTIONS] SITE_DIR\n")
    assert CliRunner().invoke(main, ["csp"]).exit_code == 2
