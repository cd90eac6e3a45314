"""Knows how to build a Pelican project."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.contract.hosts import Build, run, write_file
from tests.contract.pelican_host import Message, plain_settings, read_messages, write_settings
from tests.contract.written_site import Record, read_files, read_records
from tests.far_end.addresses import APP_ID

SETTINGS = plain_settings() | {
    "SITEURL": "https://example.org/site",
    "DEFAULT_LANG": "en",
    "THEME": "simple",
    "PLUGINS": ["chaport"],
}
CHAPORT = {"appId": APP_ID}


@dataclass(frozen=True)
class Project:
    """A project in a folder of its own."""

    folder: Path

    def write(self, files: Mapping[str, str]) -> None:
        """Write files by their paths in the project."""
        for name, text in files.items():
            write_file(self.folder / name, text)

    def settings(self, preamble: str = "", **settings: Any) -> None:
        """Write `pelicanconf.py`: quiet settings, and these; `preamble` is Python before them."""
        write_settings(self.folder, SETTINGS | settings)
        if preamble:
            file = self.folder / "pelicanconf.py"
            write_file(file, file.read_text(encoding="utf-8") + preamble)

    def build(self, *flags: str) -> Build:
        """Build the project into `out`."""
        command = ["pelican", "content", "-s", "pelicanconf.py", "-o", "out", *flags]
        return run(command, self.folder)

    def build_quietly(self) -> dict[str, bytes]:
        """Build the project, hear no complaint, and return every file that was built."""
        built = self.build()
        assert (built.code, messages(built)) == (0, [])
        return self.files()

    def records(self) -> dict[str, Record | None]:
        """The record of each page that was built."""
        return read_records(self.folder / "out")

    def files(self) -> dict[str, bytes]:
        """Every file that was built."""
        return read_files(self.folder / "out")


def messages(built: Build) -> list[Message]:
    """What Pelican logged, of whatever level."""
    return list(read_messages(built.console))


def record(lang: str = "en", language: dict[str, str] | None = None, **own: Any) -> Record:
    """A page's record on a site with only an appId."""
    language = language or {"source": "html"}
    return {"config": {"appId": APP_ID, "language": language, **own}, "v": "1", "lang": lang}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "content").mkdir()
    return Project(tmp_path)
