"""Any folder: what is written and what is left alone, and that nothing is ever half done."""

import errno
import os
import stat
import subprocess
from pathlib import Path

import pytest
from tests.contract.hosts import command_path
from tests.contract.written_site import read_files, read_records
from tests.far_end.addresses import APP_ID

from chaport_cli.main import main
from chaport_core import built_file

HEAD = "<!doctype html><html lang=en><head><title>A</title>{}</head><body>{}</body></html>"
PLAIN = HEAD.format("", "Words")
ADVICE = "name the folder that your generator wrote (Zensical: site, Hugo: public)."
BOMB = f"appId: {APP_ID}\nunchecked:\n" + "".join(
    f"  x{n}: &x{n} [{', '.join([f'*x{n - 1}' if n else 'a'] * 10)}]\n" for n in range(10)
)


def page(settings: str) -> str:
    """A page that says something itself."""
    return HEAD.format(f"<meta name='chaport:page' content='{settings}'>", "Words")


def test_a_second_run_changes_nothing_and_touches_no_file(project):
    """Whatever the pages hold: the runtime, chat links, a feed, other bytes than UTF-8."""
    link = "<a href='chaport:open'>x</a><button data-chaport=toggle>y</button>"
    project.write(
        {
            "chaport.yml": f"appId: {APP_ID}\nnavigation: always\nfallback: contact/\n",
            "out/a/links.html": HEAD.format("", link),
            "out/off.html": page("false"),
            "out/feed.xml": "<rss><item>&lt;a href='chaport:open'>x&lt;/a></item></rss>",
        }
    )
    latin = PLAIN.replace("Words", "Wörter").encode("latin-1")
    (project.site / "latin.html").write_bytes(latin)
    assert project.apply().code == 0
    first = read_files(project.site)
    assert first["latin.html"].endswith(latin[latin.index(b"</head>") :])
    assert b"chaport:open" not in first["feed.xml"]
    times = {path: path.stat().st_mtime_ns for path in project.site.rglob("*")}
    assert (project.apply().code, read_files(project.site)) == (0, first)
    assert {path: path.stat().st_mtime_ns for path in project.site.rglob("*")} == times


def test_other_options_take_the_place_of_the_earlier_ones(project):
    project.write({"out/index.html": PLAIN, "out/off.html": page("false")})
    project.apply()
    fresh = read_files(project.site)
    project.write({"chaport.yml": f"appId: {APP_ID}\nnavigation: always\nconsent: manual\n"})
    project.apply()
    changed = read_files(project.site)
    assert changed["index.html"] != fresh["index.html"]
    assert changed["off.html"] != fresh["off.html"]
    project.write({"chaport.yml": f"appId: {APP_ID}\n"})
    project.apply()
    again = read_files(project.site)
    assert {name: again[name] for name in fresh} == fresh


def test_a_page_keeps_its_mode_and_a_link_stays_a_link(project):
    project.write({"out/index.html": PLAIN, "elsewhere/real.html": PLAIN})
    (project.site / "index.html").chmod(0o640)
    (project.site / "link.html").symlink_to("../elsewhere/real.html")
    assert project.apply().code == 0
    assert stat.S_IMODE((project.site / "index.html").stat().st_mode) == 0o640
    assert (project.site / "link.html").is_symlink()
    assert read_records(project.site)["link.html"] is not None


def test_what_else_is_no_page_is_left_as_it_is(project):
    others = {
        "out/index.html": PLAIN,
        "out/sitemap.xml": "<urlset><loc>chaport:open</loc></urlset>",
        "out/search.json": '{"text": "chaport:open"}',
        "out/fragment.html": "<p>Words</p>",
        "out/empty.html": "",
        "out/readme.txt": PLAIN,
    }
    project.write(others)
    before = read_files(project.site)
    built = project.apply("--strict")
    said = "chat on 1 page; 2 left as they were (are no HTML documents)\n"
    assert (built.code, built.console) == (0, said)
    after = read_files(project.site)
    assert {name for name in before if before[name] != after[name]} == {"index.html"}


def test_what_cannot_be_read_is_told_and_all_else_is_done(project):
    project.write({"out/index.html": PLAIN, "out/deep/page.html": PLAIN})
    (project.site / "gone.html").symlink_to("nowhere")
    (project.site / "loop.html").symlink_to("loop.html")
    (project.site / "deep" / "up").symlink_to("..")
    (project.site / "binary.html").write_bytes(bytes(range(256)))
    (project.site / "utf16.html").write_bytes(PLAIN.encode("utf-16"))
    (project.site / "broken.html").write_bytes(PLAIN.encode() + b"\xff")
    os.mkfifo(project.site / "pipe")
    (project.site / "pipe.html").symlink_to("pipe")
    (project.site / ("x" * 250)).symlink_to("y" * 300)
    with (project.site / "huge.html").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    built = project.apply()
    loop = os.strerror(errno.ELOOP)
    assert built.console.splitlines() == [
        f"warning: broken.html: byte {len(PLAIN) + 1} is not UTF-8, and no other encoding is"
        " declared",
        "error: binary.html: holds binary data and is no page",
        "error: gone.html: cannot be read (No such file or directory)",
        "error: huge.html: is larger than 32 MiB",
        f"error: loop.html: cannot be read ({loop})",
        "error: pipe.html: is no ordinary file",
        "error: utf16.html: is written in UTF-16; save it as UTF-8",
        "chat on 3 pages",
    ]
    assert built.code == 1
    records = {name: record is not None for name, record in read_records_of(project).items()}
    assert records == {"broken.html": True, "deep/page.html": True, "index.html": True}


def read_records_of(project):
    """The records of the pages that can be read."""
    unread = ("gone", "huge", "loop", "binary", "utf16", "pipe")
    for name in ("deep/up", "pipe", "x" * 250, *(f"{name}.html" for name in unread)):
        (project.site / name).unlink()
    (project.site / "broken.html").write_bytes(
        (project.site / "broken.html").read_bytes().removesuffix(b"\xff")
    )
    return read_records(project.site)


def test_a_page_that_has_two_names_is_written_by_its_own(project):
    """Its addresses are right in one place only, and rows are about that one."""
    link = HEAD.format("", "<a href='chaport:open'>x</a>")
    project.write(
        {
            "chaport.yml": f"appId: {APP_ID}\npages: {{'v1/**': {{history: false}}}}\n",
            "out/index.html": link,
            "out/sub/c.html": link,
            "out/v1/index.html": link,
        }
    )
    (project.site / "sub" / "b.html").symlink_to("../index.html")
    (project.site / "stable").symlink_to("v1")
    assert project.apply().console == "chat on 3 pages\n"
    first = read_files(project.site)
    assert b'src="chaport-content.' in first["index.html"]
    assert b'src="../chaport-content.' in first["sub/c.html"]
    assert read_records(project.site)["v1/index.html"]["config"]["history"] is False
    project.apply()
    assert read_files(project.site) == first


def test_what_the_author_named_like_ours_stays(project):
    own = (
        '<link rel="stylesheet" href="/assets/chaport-theme.1a2b3c4d.css">'
        '<script src="https://cdn.example.com/js/chaport-runtime.deadbeef.js" defer></script>'
        '<script src="chaport-runtime.00000000.js"></script>'
        "<script>/* before meta[name=chaport] is read */ window.chaportConfig = {}</script>"
        "<script>addEventListener('chaport:revoke', f)</script>"
    )
    project.write({"out/index.html": HEAD.format(own, "")})
    for _ in "12":
        project.apply()
        assert own in (project.site / "index.html").read_text(encoding="utf-8")


def test_no_page_s_words_begin_a_line_of_the_log(project):
    words = r"{\"openIn\":{\"selector\":\"#a\\n::add-mask::x\\u001b\"}, \"k\\n::error::y\": 1}"
    link = '<a href="chaport:x&#10;::error::z&#27;[2J">x</a>'
    meta = f"<meta name='chaport:page' content='{words}'>".replace('\\"', '"')
    project.write({"out/a\n::error::name.html": HEAD.format(meta, link)})
    lines = project.apply("-v").console.splitlines()
    assert [
        line for line in lines if not line.startswith(("warning: ", "info: ", "chat on "))
    ] == []
    assert not any(char == "\x1b" for line in lines for char in line)


def test_a_full_disk_leaves_every_page_whole(project, monkeypatch, capsys):
    project.write({"out/a.html": PLAIN, "out/b.html": PLAIN, "out/c.html": PLAIN})
    write = Path.open

    def open_until_full(path, mode="r", *rest, **named):
        file = write(path, mode, *rest, **named)
        if mode == "xb" and len(read_chats_done(project)) == 1:
            file.write(b"half")
            file.close()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return file

    monkeypatch.chdir(project.folder)
    monkeypatch.setattr(built_file.Path, "open", open_until_full)
    with pytest.raises(SystemExit) as ended:
        main(["apply", "out"])
    monkeypatch.undo()
    reason = "cannot be written (No space left on device), so it is as it was"
    said = capsys.readouterr()
    assert said.err.splitlines() == [f"error: b.html: {reason}", f"error: c.html: {reason}"]
    assert said.out == "chat on 3 pages; 2 of these could not be written\n"
    assert ended.value.code == 1
    assert read_files(project.site).keys() == {"a.html", "b.html", "c.html"}
    assert read_chats_done(project) == ["a.html"]


def read_chats_done(project):
    """The pages that have chat."""
    return [path.name for path in project.site.glob("*.html") if "data-v" in path.read_text()]


@pytest.mark.parametrize(
    ("arguments", "files", "said", "code"),
    [
        (["nowhere"], {}, f"error: nowhere is no folder that can be read; {ADVICE}", 2),
        (["chaport.yml"], {}, f"error: chaport.yml is no folder that can be read; {ADVICE}", 2),
        (["."], {}, f"error: . holds no HTML page; {ADVICE}", 2),
        (
            ["out", "--config", "none.yml"],
            {"out/index.html": PLAIN},
            "error: none.yml is not there; write it with at least the line appId: ... (from"
            " Settings → Installation code in Chaport), or name another file with --config",
            1,
        ),
        (
            ["out"],
            {"out/index.html": PLAIN, "chaport.yml": "appId: x\npages: [\n"},
            "error: chaport.yml is not YAML: expected the node content, but found '<stream end>'"
            " (line 3, column 1)",
            1,
        ),
        (
            ["out"],
            {"out/index.html": PLAIN, "chaport.yml": ""},
            "error: chaport.yml has mistakes:\n  - appId: is missing; copy it from Settings →"
            " Installation code in Chaport (to build without chat, leave the plugin out)",
            1,
        ),
        (
            ["out"],
            {"out/index.html": PLAIN, "chaport.yml": "just words"},
            "error: chaport.yml has mistakes:\n  - expected a mapping, found the text 'just words'",
            1,
        ),
        (
            ["out"],
            {"out/index.html": PLAIN, "chaport.yml": "appId: x\nappId: y\n"},
            "error: chaport.yml is not YAML: the key 'appId' is there twice (line 2, column 1)",
            1,
        ),
        (
            ["out"],
            {"out/index.html": PLAIN, "chaport.yml": "appId: !!timestamp foo\n"},
            "error: chaport.yml is not YAML: a value does not fit its tag, or is no date",
            1,
        ),
        (
            ["out"],
            {"out/index.html": PLAIN, "chaport.yml": BOMB},
            "error: chaport.yml has mistakes:\n"
            "  - unchecked: holds more than 100,000 values; write fewer",
            1,
        ),
    ],
)
def test_what_cannot_work_is_said_in_one_line(project, arguments, files, said, code):
    project.write(files)
    before = read_files(project.folder)
    built = project.run("chaport", "apply", *arguments)
    assert (built.console.strip(), built.code) == (said, code)
    assert read_files(project.folder) == before


def test_a_report_that_cannot_be_written_is_told_of(project):
    project.write({"out/index.html": PLAIN})
    command = f"{command_path('chaport')} apply out > /dev/full"
    done = subprocess.run(
        ["sh", "-c", command], cwd=project.folder, capture_output=True, text=True, check=False
    )
    assert (done.stderr, done.returncode) == ("error: No space left on device\n", 1)


def test_the_environment_may_speak_in_the_file(project, monkeypatch):
    monkeypatch.setenv("CHAPORT_WIDGET", "preview")
    text = f"appId: {APP_ID}\nwidget: !ENV [CHAPORT_WIDGET, live]\n"
    project.write({"chaport.yml": text, "out/index.html": PLAIN})
    assert project.apply().code == 0
    assert [path.name[:16] for path in project.site.glob("*.js")] == ["chaport-preview."]
