"""Knows how to read a written site: what each page says about chat, and what was spliced in."""

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any

Record = dict[str, Any]
"""A page's `<meta name="chaport">`: its content as `config`, each `data-*` under its own name."""


class _Reader(HTMLParser):
    """Collects the records of a page, and the inline scripts that directly follow one."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[Record] = []
        self.scripts: list[str] = []
        self._follows_record = False
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        is_record = tag == "meta" and said.get("name") == "chaport"
        if is_record:
            self.records.append(_record(said))
        self._in_script = tag == "script" and self._follows_record and not said
        self._follows_record = is_record or self._in_script
        if self._in_script:
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False


def _record(attributes: dict[str, str | None]) -> Record:
    data = {name[5:]: value for name, value in attributes.items() if name.startswith("data-")}
    return {"config": json.loads(attributes["content"] or ""), **data}


@dataclass(frozen=True)
class PageChat:
    """What a page says about chat; without a record there is no script either."""

    record: Record | None
    scripts: tuple[str, ...] = ()


def read_page(html: str) -> PageChat:
    """Read one page; a second record in it is a mistake of ours."""
    reader = _Reader()
    reader.feed(html)
    assert len(reader.records) <= 1, reader.records
    return PageChat(reader.records[0] if reader.records else None, tuple(reader.scripts))


_HTML_SUFFIXES = (".html", ".htm", "")


def html_files(folder: Path) -> dict[str, Path]:
    """Every HTML file of a written site, by its path below the output folder."""
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in _HTML_SUFFIXES
    }


def read_chats(folder: Path) -> dict[str, PageChat]:
    """What each page of a written site says about chat."""
    return {
        name: read_page(path.read_bytes().decode()) for name, path in html_files(folder).items()
    }


def read_records(folder: Path) -> dict[str, Record | None]:
    """The record of each page of a written site; None where there is no chat."""
    return {name: chat.record for name, chat in read_chats(folder).items()}


def read_scripts(folder: Path) -> set[tuple[str, ...]]:
    """The different scripts with which the pages of a site load chat, one tuple a page."""
    return {chat.scripts for chat in read_chats(folder).values() if chat.record is not None}


def read_files(folder: Path) -> dict[str, bytes]:
    """Every file of a written site, byte for byte."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


_SPLICE = re.compile(
    rb"""<meta name="chaport" content='[^']*'(?: data-[a-z]+="[^"]*")*>"""
    rb"""(?:<script>(?:(?!</script>).)*</script>)+(?=</head>|</HEAD>)""",
    re.S,
)


def without_chat(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with the one splice before `</head>` cut out of each page."""
    return {
        name: _SPLICE.sub(b"", content, count=1)
        if PurePosixPath(name).suffix in _HTML_SUFFIXES
        else content
        for name, content in files.items()
    }
