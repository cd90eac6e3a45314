"""Knows how to build a MkDocs project with each command of this environment that can."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from tests.contract.hosts import Build, run, write_file
from tests.contract.mkdocs_host import MkDocs
from tests.contract.written_site import Record, read_files, read_records

COMMANDS = ("mkdocs", "properdocs")


def is_installed(name: str) -> bool:
    """Whether this environment has a distribution."""
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "command" in metafunc.fixturenames:
        commands = [command for command in COMMANDS if is_installed(command)]
        if not commands:
            raise pytest.UsageError(f"none of {', '.join(COMMANDS)} is installed")
        metafunc.parametrize("command", commands, scope="session")


@dataclass(frozen=True)
class Project:
    """A project in a folder of its own."""

    command: str
    folder: Path

    def write(self, files: Mapping[str, str]) -> None:
        """Write files by their paths in the project."""
        for name, text in files.items():
            write_file(self.folder / name, text)

    def build(self, *flags: str, config: str = "mkdocs.yml") -> Build:
        """Build the project into `out`."""
        return run([self.command, "build", "-f", config, "-d", "out", *flags], self.folder)

    def records(self) -> dict[str, Record | None]:
        """The record of each page that was built."""
        return read_records(self.folder / "out")

    def files(self) -> dict[str, bytes]:
        """Every file that was built."""
        return read_files(self.folder / "out")

    def complaint(self, built: Build) -> str:
        """What the console says from its first error on."""
        return MkDocs(self.command).complaint(built.console)

    def warnings(self, built: Build) -> list[str]:
        """The warnings on the console."""
        return MkDocs(self.command).messages(built.console, "WARNING")


@pytest.fixture
def project(command: str, tmp_path: Path) -> Project:
    return Project(command, tmp_path)
