"""Knows what the contract needs of a host: how to write a site, build it, hear its complaints."""

import os
import subprocess
import sysconfig
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Page:
    """A page's source, which every host can say: `key: value` lines and a body in Markdown."""

    front_matter: str = ""
    text: str = "Words."

    @property
    def is_nested(self) -> bool:
        """Whether the front matter is YAML that only a YAML reader understands."""
        return "\n " in self.front_matter


@dataclass(frozen=True)
class Site:
    """A site, said once for all hosts."""

    pages: Mapping[str, Page]
    """By source path below the content folder."""
    options: Mapping[str, Any] | None = None
    """Those of our plugin; None builds the site without it."""
    language: str | None = "en"
    address: str = "https://example.org/"
    bare_theme: bool = False
    """A theme whose `<html lang>` is what a page's front matter says as `htmllang`, and whose pages
    are no HTML documents where it says `fragment`."""
    raw_pages: Mapping[str, str] = field(default_factory=dict)
    """Sources to be written as they are."""


class Build(NamedTuple):
    """What a build left behind."""

    code: int
    console: str
    """Both streams of its console."""
    folder: Path
    """Where the site is, or would have been."""


class Host(ABC):
    """A row of the contract: one static site generator."""

    distribution: str
    """The name of its package, and of its command."""
    strict: tuple[str, ...]
    """The command-line options that make warnings fatal."""
    talkative: tuple[str, ...] = ()
    """The command-line options that show INFO."""
    verbose = ("-v",)
    """The command-line options that show where each page's options came from."""
    unreadable_page: str
    """A source with `chaport: false` in front matter that this host cannot read."""
    unreadable_complaint = (
        "chaport: stands in front matter that could not be read as a whole (bad YAML, or a line"
        " before it that is no key); this page gets no chat until that is mended"
    )
    """The warning about it."""

    @property
    def is_installed(self) -> bool:
        """By its distribution: our own adapters share the hosts' package names."""
        try:
            distribution(self.distribution)
        except PackageNotFoundError:
            return False
        return True

    @abstractmethod
    def write(self, site: Site, folder: Path) -> None:
        """Write a site's sources and configuration."""

    @abstractmethod
    def command(self, folder: Path) -> list[str]:
        """The command, run in `folder`, that builds the site there into `folder/out`."""

    @abstractmethod
    def output(self, source: str) -> str:
        """Where the page of a source path is written, below the output folder."""

    @abstractmethod
    def messages(self, console: str, level: str) -> list[str]:
        """What the console says on this level, without decoration and our plugin's name."""

    @abstractmethod
    def summaries(self, console: str) -> list[str]:
        """What a build of any verbosity says of all pages at its end, without decoration."""

    @abstractmethod
    def origins(self, console: str) -> list[str]:
        """What a verbose build says of each page's options, without decoration."""

    @abstractmethod
    def complaint(self, console: str) -> str:
        """What the console says from its first error on, without decoration."""

    @abstractmethod
    def refusal(self, problems: Sequence[tuple[str, str]]) -> str:
        """The complaint about site-level problems, each a path and a message."""

    @abstractmethod
    def secrets_refusal(self, problems: Sequence[str]) -> str:
        """The complaint about secrets in pages."""

    def wrote_nothing(self, build: Build) -> bool:
        """Whether a build stopped before any page was written."""
        return not list(build.folder.rglob("*.html"))

    def language_of(self, site: Site) -> str | None:
        """How the host says the site's language."""
        return site.language

    def build(self, site: Site, folder: Path, *flags: str) -> Build:
        """Write and build a site for real, in a process of its own."""
        self.write(site, folder)
        return run([*self.command(folder), *flags], folder)


def run(arguments: Sequence[str], folder: Path) -> Build:
    """Run a command of this environment in `folder`, as an author would."""
    name, *rest = arguments
    done = subprocess.run(
        [command_path(name), *rest],
        cwd=folder,
        env=quiet_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Build(done.returncode, done.stdout, folder / "out")


def command_path(name: str) -> str:
    """Where this environment keeps a command."""
    return str(Path(sysconfig.get_path("scripts"), name))


def quiet_environment() -> dict[str, str]:
    """An environment in which two builds of one site are the same to the byte."""
    return os.environ | {
        "SOURCE_DATE_EPOCH": "1700000000",
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONIOENCODING": "utf-8",
        # No line of Pelican's console is wrapped.
        "COLUMNS": "1000",
    }


def write_file(path: Path, text: str) -> None:
    """Write a file, and the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
