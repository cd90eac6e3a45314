"""Reads the table of themes: which there are, how each is chosen, what it cannot do without."""

import sysconfig
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_TABLE = tomllib.loads(Path(__file__).with_name("themes.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Theme:
    """A row of the table."""

    host: str
    name: str
    package: str
    """With its version: the gallery changes when we want it to."""
    folder: str = ""
    """Where a Pelican theme is, below the folder of installed packages."""
    settings: dict[str, Any] = field(default_factory=dict)
    """Of the theme in `mkdocs.yml`, of the site in `pelicanconf.py`."""
    plugins: Sequence[str] = ()
    """Those of the host that it needs."""
    site: dict[str, Any] = field(default_factory=dict)
    """Other settings in `mkdocs.yml`."""
    preamble: str = ""
    """Python that `pelicanconf.py` begins with."""
    language: str = "locale"
    """The setting of a MkDocs theme that chooses its language."""
    note: str = ""
    """What its readers should know."""
    fragments: Sequence[str] = ()
    """Files named `.html` that are no documents, so there is no chat in them."""

    @property
    def version(self) -> str:
        """The version that is installed."""
        return version(self.package.partition("==")[0])

    @property
    def path(self) -> str:
        """What Pelican's `THEME` is."""
        return str(Path(sysconfig.get_path("purelib"), self.folder)) if self.folder else self.name


def themes_of(host: str) -> list[Theme]:
    """A host's rows of the table."""
    table = _TABLE[host]
    return [Theme(host, **{"package": table["host"]} | row) for row in table["themes"]]


def left_out(host: str) -> dict[str, str]:
    """Packages of themes that no site can be built with, and why."""
    return {row["package"]: row["reason"] for row in _TABLE[host].get("left_out", ())}


def installed_host() -> str | None:
    """The host of this environment, in the table's version."""
    return next((host for host in _TABLE if _is_installed(_TABLE[host]["host"])), None)


def _is_installed(requirement: str) -> bool:
    name, _, wanted = requirement.partition("==")
    try:
        return version(name) == wanted
    except PackageNotFoundError:
        return False
