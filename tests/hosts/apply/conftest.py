"""Knows how to build a folder with a generator, and to give it chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.contract.hosts import Build, run, write_file
from tests.far_end.addresses import APP_ID


@dataclass(frozen=True)
class Project:
    """A project in a folder of its own; its site stands in `out`."""

    folder: Path

    @property
    def site(self) -> Path:
        return self.folder / "out"

    def write(self, files: Mapping[str, str]) -> None:
        """Write files by their paths in the project."""
        for name, text in files.items():
            write_file(self.folder / name, text)

    def run(self, *command: str) -> Build:
        """Run a command of this environment."""
        return run(command, self.folder)

    def apply(self, *flags: str) -> Build:
        """Put chat into the site."""
        return self.run("chaport", "apply", "out", *flags)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.write({"chaport.yml": f"appId: {APP_ID}\n"})
    return made
