"""`chaport check`: whole reports in every format, exit codes, and input of the worst kind."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.far_end.addresses import APP_ID

from chaport_cli.main import main
from chaport_core.page.record import record_tag
from chaport_core.page.scripts import content, deferred_script, head_scripts, runtime

AtMost = Callable[[float], AbstractContextManager[None]]
ADVICE = "name the folder that the build wrote (MkDocs: site, Pelican: output).\n"
LOADER = head_scripts("none")


def check(folder: Path | str, *options: str) -> tuple[int, str, str]:
    done: Result = CliRunner().invoke(
        main, ["check", str(folder), *options], catch_exceptions=False
    )
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder called site below the current one."""
    monkeypatch.chdir(tmp_path)
    Path("site").mkdir()
    return Path("site")


def page(head: str = "", body: str = "") -> str:
    return f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"


def record(**options: object) -> str:
    return record_tag({"appId": APP_ID, **options}, language=None)


def write(folder: Path, name: str, text: str | bytes) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def mixed(site: Path) -> Path:
    """A site with something of everything."""
    script = deferred_script(runtime().name)
    for number in range(4):
        write(site, f"{number}.html", page(record() + LOADER + script))
    write(site, "left.html", page(record(operators=["a"]) + LOADER + script))
    write(site, "off.html", page(LOADER + script))
    write(site, "plain.html", page("", "<a href='chaport:open'>Talk to us</a>"))
    write(site, "sub/a,b.html", page(record(launchr=1) + LOADER + script))
    write(site, "sub/c.html", b"\0\1")
    write(site, runtime().name, runtime().text)
    write(site, "chaport-content.01234567.js", "left over")
    return site


MISSING = f"asks for sub/{runtime().name}"
TEXT = f"""\
site: 9 pages: 6 with chat, 1 off, 1 without, 1 not read

ERROR: Files that could not be read (1)
  Nothing is known of these; mend or remove them and check again.
  - holds binary data and is no page: sub/c.html

ERROR: Our files that are missing (1)
  Build the site again into an empty folder, and publish all of it.
  - {MISSING}: sub/a,b.html

ERROR: Chat links left unresolved (1)
  No browser knows chaport: addresses; only pages that the build renders have theirs made links \
that work. Elsewhere write data-chaport="open" and an ordinary href.
  - the link 'chaport:open' leads nowhere: plain.html

WARNING: Options that this release does not know (1)
  Correct the name. If it was passed on purpose by unchecked, it may be right: a record cannot \
tell, so look it up in Chaport's documentation or update chaport-ssg.
  - launchr is not an option here; did you mean launcher?: sub/a,b.html

NOTICE: Our files that no page asks for (1)
  Left by an earlier build; it can be removed.
  - no page asks for it: chaport-content.01234567.js

NOTICE: Pages that instant navigation has to reload (3)
  Their settings are right all the same: the document is loaded once, and an open chat closes for \
it. To avoid it, give them the options that are usual here.
  - operators: ["a"] here, usually not set: left.html
  - chat is off here: it ends where it was loaded before: off.html
  - launchr: the number 1 here, usually not set: sub/a,b.html

3 errors, 1 warning, 4 notices
"""
GITHUB = f"""\
::error file=site/sub/c.html,title=Chaport%3A Files that could not be read::holds binary data and \
is no page. Nothing is known of these; mend or remove them and check again.
::error file=site/sub/a%2Cb.html,title=Chaport%3A Our files that are missing::{MISSING}. Build the \
site again into an empty folder, and publish all of it.
::error file=site/plain.html,title=Chaport%3A Chat links left unresolved::the link 'chaport:open' \
leads nowhere. No browser knows chaport: addresses; only pages that the build renders have theirs \
made links that work. Elsewhere write data-chaport="open" and an ordinary href.
::warning file=site/sub/a%2Cb.html,title=Chaport%3A Options that this release does not \
know::launchr is not an option here; did you mean launcher? Correct the name. If it was passed on \
purpose by unchecked, it may be right: a record cannot tell, so look it up in Chaport's \
documentation or update chaport-ssg.
"""


def test_text(mixed: Path) -> None:
    assert check(mixed) == (1, TEXT, "")
    assert check(mixed, "--verbose") == (1, TEXT, "")


def test_github(mixed: Path) -> None:
    code, out, err = check(mixed, "--format", "github")
    assert (code, err) == (1, "")
    assert out.startswith(GITHUB)
    lines = out.splitlines()
    assert [line.partition(",")[0] for line in lines[4:8]] == [
        "::notice file=site/chaport-content.01234567.js",
        "::notice file=site/left.html",
        "::notice file=site/off.html",
        "::notice file=site/sub/a%2Cb.html",
    ]
    assert lines[8:] == ["Checked 9 pages in site: 3 errors, 1 warning, 4 notices"]


def test_json(mixed: Path) -> None:
    code, out, err = check(mixed, "--format", "json")
    assert (code, err, out.isascii()) == (1, "", True)
    told = json.loads(out)
    kinds, pages = told.pop("kinds"), told.pop("pages")
    assert told == {
        "version": 1,
        "folder": "site",
        "totals": {
            "pages": {"chat": 6, "off": 1, "without": 1, "pasted": 0, "unread": 1},
            "findings": {"error": 3, "warning": 1, "notice": 4},
        },
        "findings": [
            {"kind": kind, "place": place, "message": message}
            for kind, place, message in [
                ("unreadable", "sub/c.html", "holds binary data and is no page"),
                ("missing-file", "sub/a,b.html", MISSING),
                ("unresolved-link", "plain.html", "the link 'chaport:open' leads nowhere"),
                (
                    "unknown-option",
                    "sub/a,b.html",
                    "launchr is not an option here; did you mean launcher?",
                ),
                ("orphaned-file", "chaport-content.01234567.js", "no page asks for it"),
                ("reload", "left.html", 'operators: ["a"] here, usually not set'),
                ("reload", "off.html", "chat is off here: it ends where it was loaded before"),
                ("reload", "sub/a,b.html", "launchr: the number 1 here, usually not set"),
            ]
        ],
    }
    assert kinds[0] == {
        "kind": "unreadable",
        "level": "error",
        "title": "Files that could not be read",
        "nextStep": "Nothing is known of these; mend or remove them and check again.",
        "count": 1,
    }
    assert [(kind["kind"], kind["count"]) for kind in kinds[1:]] == [
        ("missing-file", 1),
        ("unresolved-link", 1),
        ("unknown-option", 1),
        ("orphaned-file", 1),
        ("reload", 3),
    ]
    assert [page["path"] for page in pages] == [
        *(f"{number}.html" for number in range(4)),
        *("left.html", "off.html", "plain.html", "sub/a,b.html", "sub/c.html"),
    ]
    assert pages[4] == {
        "path": "left.html",
        "state": "chat",
        "lang": "en",
        "record": {"appId": APP_ID, "operators": ["a"]},
        "consent": None,
        "files": [runtime().name],
    }
    assert pages[8] == {
        "path": "sub/c.html",
        "state": "unread",
        "lang": None,
        "record": None,
        "consent": None,
        "files": [],
    }


def test_a_file_takes_the_report(mixed: Path) -> None:
    assert check(mixed, "-o", "report.txt") == (1, "", "")
    assert Path("report.txt").read_text(encoding="utf-8") == TEXT
    assert check(mixed, "--format", "html", "--output", "report.html") == (1, "", "")
    assert Path("report.html").read_text(encoding="utf-8") == check(mixed, "--format", "html")[1]
    told = "missing/report.txt cannot be written (No such file or directory).\n"
    assert check(mixed, "-o", "missing/report.txt") == (2, "", told)


def test_a_site_where_nothing_is_wrong(site: Path) -> None:
    write(site, "index.html", page(record() + LOADER))
    told = "site: 1 page: 1 with chat, 0 off, 0 without\n\n0 errors, 0 warnings, 0 notices\n"
    assert check(site) == (0, told, "")
    assert check(site, "--format", "github") == (
        0,
        "Checked 1 page in site: 0 errors, 0 warnings, 0 notices\n",
        "",
    )
    assert "Nothing is wrong" in check(site, "--format", "html")[1]


def test_long_lists_are_shortened(site: Path) -> None:
    for number in range(12):
        write(site, f"{number:02}.html", page("", f"<a href='chaport:open{number}'></a>"))
        write(site, f"same/{number:02}.html", page("", "<a href='chaport:open'></a>"))
    code, out, _ = check(site)
    lines = out.splitlines()
    assert (code, lines[4]) == (1, "  - the link 'chaport:open0' leads nowhere: 00.html")
    assert lines[13:] == [
        "  - the link 'chaport:open9' leads nowhere: 09.html",
        "  - and 3 more",
        "",
        "24 errors, 0 warnings, 0 notices (--verbose lists all)",
    ]
    html = check(site, "--format", "html")[1]
    assert html.count("<code>same/11.html</code>") == 2
    lines = check(site, "--verbose")[1].splitlines()
    same = ", ".join(f"same/{number:02}.html" for number in range(12))
    assert lines[-4:] == [
        "  - the link 'chaport:open11' leads nowhere: 11.html",
        f"  - the link 'chaport:open' leads nowhere: {same}",
        "",
        "24 errors, 0 warnings, 0 notices",
    ]


# ---- Files of ours ---------------------------------------------------------------------------


def test_files_of_ours_are_found_from_wherever_they_are_asked_for(site: Path) -> None:
    name, other = runtime().name, content().name
    write(site, f"docs/{name}", runtime().text)
    write(site, f"docs/{other}", content().text + "//")
    scripts = {
        "404.html": deferred_script(f"/base/docs/{name}"),
        "docs/a/index.html": deferred_script(f"../{name}"),
        "docs/b/index.html": f"<base href='../'>{deferred_script(other)}",
        "c.html": deferred_script(f"https://cdn.example/{name}"),
        "d.html": deferred_script("/base/chaport-runtime.00000000.js"),
        "e.html": deferred_script("https://cdn.example/chaport-runtime.00000000.js"),
        "f.html": deferred_script("//[/chaport-runtime.00000000.js"),
        "g #?%41/index.html": deferred_script(f"../docs/{name}"),
        "h.html": deferred_script(f"docs/../../docs/{name}"),
        "i.html": f"<base href='..'>{deferred_script(name)}",
        "docs/j.html": deferred_script(f"../../../{name}"),
    }
    for path, script in scripts.items():
        write(site, path, page(record() + LOADER + script))
    code, out, _ = check(site, "--format", "json")
    assert code == 1
    assert [(one["kind"], one["place"], one["message"]) for one in json.loads(out)["findings"]] == [
        ("missing-file", "d.html", "asks for base/chaport-runtime.00000000.js"),
        ("missing-file", "docs/j.html", f"asks for ../../{name}, outside the site's folder"),
        ("missing-file", "h.html", f"asks for ../docs/{name}, outside the site's folder"),
        ("missing-file", "i.html", f"asks for ../{name}, outside the site's folder"),
        ("altered-file", f"docs/{other}", "its content does not have the hash in its name"),
    ]


# ---- Bad input -------------------------------------------------------------------------------


def test_every_bad_file_is_told_of_and_the_rest_is_done(site: Path) -> None:
    write(site, "a.html", page(record() + LOADER))
    write(site, "binary.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    write(site, "broken.html", page("<title>caf\xe9</title>").encode("latin-1"))
    write(site, "empty.html", b"")
    with (site / "huge.html").open("wb") as file:
        file.truncate(100 * 1024**2)
    declared = page("<meta charset=iso-8859-1><title>caf\xe9</title>" + record() + LOADER)
    write(site, "latin-1.html", declared.encode("latin-1"))
    (site / "loop.html").symlink_to("loop.html")
    (site / "nowhere.html").symlink_to("missing.html")
    (site / "sub").mkdir()
    (site / "sub" / "loop").symlink_to("..")
    write(site, "utf-16.html", page(record() + LOADER).encode("utf-16"))
    write(site, "utf-8-mark.html", "\ufeff" + page(record() + LOADER))
    write(site, "wrong.html", page("<meta charset=shift_jis>").encode() + b"\xfd")
    write(site, "unknown.html", page("<meta charset=base64>").encode() + b"\xfd")
    told = """\
site: 12 pages: 4 with chat, 0 off, 4 without, 4 not read

ERROR: Files that could not be read (4)
  Nothing is known of these; mend or remove them and check again.
  - holds binary data and is no page: binary.html
  - is larger than 32 MiB: huge.html
  - cannot be read (Too many levels of symbolic links): loop.html
  - cannot be read (No such file or directory): nowhere.html

WARNING: Pages in a broken encoding (3)
  Save the page as UTF-8; it was read as far as possible.
  - byte 46 is not UTF-8, and no other encoding is declared: broken.html
  - byte 84 is not UTF-8, and no other encoding is declared: unknown.html
  - byte 87 is not SHIFT_JIS: wrong.html

4 errors, 3 warnings, 0 notices
"""
    assert check(site) == (1, told, "")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_what_is_closed_is_told_of(site: Path) -> None:
    write(site, "a.html", page())
    write(site, "closed/a.html", page())
    (site / "a.html").chmod(0)
    (site / "closed").chmod(0)
    code, out, _ = check(site)
    assert (code, out.splitlines()[4:6]) == (
        1,
        ["  - cannot be read (Permission denied): a.html, closed"],
    )


def test_a_name_that_no_terminal_can_write(site: Path) -> None:
    Path(os.fsdecode(os.fsencode(site) + b"/\xff.html")).write_bytes(b"\0")
    for form in ("text", "github", "html", "json"):
        code, out, _ = check(site, "--format", form)
        assert code == 1
        assert "\\udcff.html" in out


def test_what_a_page_says_steers_no_terminal_and_no_workflow(site: Path) -> None:
    write(site, "a\n::error::b.html", page("", "<a href='chaport:o\x1b[2J\n::error::'></a>"))
    shown = r"the link 'chaport:o\x1b[2J\n::error::' leads nowhere: a\n::error::b.html"
    assert check(site)[1].splitlines()[4] == f"  - {shown}"
    lines = check(site, "--format", "github")[1].splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("::error file=site/a%0A%3A%3Aerror%3A%3Ab.html,title=")
    assert r"the link 'chaport:o\x1b[2J\n::error::' leads nowhere" in lines[0]


@pytest.mark.parametrize("form", ["text", "github", "html"])
def test_nothing_that_a_page_says_is_unseen(site: Path, form: str) -> None:
    hidden = "\x07\x1b\x7f\x9b\u200b\u202e\u2066"
    link = f"<a href='chaport:{hidden}'></a>"
    html = f"<html lang='{hidden}'>"
    text = page(record(visitor={"custom": {hidden: hidden}}) + LOADER, link)
    write(site, f"{hidden}.html", text.replace("<html>", html))
    code, out, _ = check(site, "--format", form)
    shown = r"\x07\x1b\x7f\x9b\u200b\u202e\u2066"
    assert (code, set(hidden) & set(out)) == (1, set())
    assert f"{shown}.html" in out
    assert f"chaport:{shown}" in unescape(out)


@pytest.mark.parametrize("form", ["text", "json", "github", "html"])
def test_no_secret_is_repeated_wherever_it_stands(site: Path, form: str) -> None:
    salt = "0123456789abcdef0123456789abcdef01234567"
    records = [
        f'{{"appId":"{APP_ID}","{salt}":{{"x":"my salt is \\n{salt}, keep it"}}}}',
        f'{{"appId":"{APP_ID}","openIn":{{"selector":"#{salt}"}}}}',
        f'{{"appId":"{APP_ID}","session":{{"user":{{"id":"jo","token":"{salt}"}}}}}}',
        f'"{salt}"',
        f'{{"{salt}',
    ]
    for number, text in enumerate(records):
        meta = f"<meta name=chaport data-v={salt} data-consent={salt} content='{text}'>"
        write(site, f"{number}.html", page(meta + LOADER))
    links = f"<a href='chaport:{salt}'></a><b data-chaport=openIn data-chaport-args='[\"{salt}\"]'>"
    write(site, "links.html", page(f"<script>chaport.salt = '{salt}'</script>", links))
    code, out, err = check(site, "--verbose", "--format", form)
    assert (code, err, salt in out) == (1, "", False)
    assert "..." in out


def test_no_folder_and_a_folder_without_pages(site: Path) -> None:
    assert check(site) == (2, "", f"site holds no HTML page; {ADVICE}")
    write(site, "a.html", page())
    for path in ("site/a.html", "missing"):
        assert check(path) == (2, "", f"{path} is no folder that can be read; {ADVICE}")


# ---- The process -----------------------------------------------------------------------------


def seconds_of_children() -> float:
    """The processor time of the processes that this one has started and that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def test_several_processes_say_what_one_says(mixed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1000):
        write(mixed, f"more/{number}.html", page())
    found, took = {}, {}
    for cores in (1, 2):
        for name in ("cpu_count", "process_cpu_count"):
            monkeypatch.setattr(os, name, lambda cores=cores: cores, raising=False)
        before = seconds_of_children()
        found[cores] = check(mixed, "--format", "json")
        took[cores] = seconds_of_children() - before
    assert found[1] == found[2]
    assert took[1] == 0 < took[2]


def test_a_terminal_of_another_encoding_gets_a_report(site: Path) -> None:
    write(site, "é.html", page("", "<a href='chaport:é'></a>"))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    program = "from chaport_cli.main import main; main(['check', 'site'])"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert rb"the link 'chaport:\xe9' leads nowhere: \xe9.html" in done.stdout


def test_the_parser_is_loaded_for_the_check_alone() -> None:
    program = "import sys, chaport_cli.main; print('selectolax' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b"False\n"


def test_help_tells_the_exit_codes() -> None:
    shown = CliRunner().invoke(main, ["check", "--help"]).output
    assert shown.startswith("Usage: main check [OPTIONS] SITE_DIR\n")
    assert (
        "The exit code is 0 if nothing is wrong (there may be notices), 1 if there is an error"
        in (" ".join(shown.split()))
    )
