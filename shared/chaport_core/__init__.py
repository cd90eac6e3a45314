"""The core: knows Chaport and HTML, and no site generator. What others may import is named here.

An adapter needs `Build` with its `Page`, `Source`, `BuildRefused` and `settings_or_refuse`; one
whose host reports mistakes in options by itself needs `read_settings`, which finds `Problem`s. A
site's backend imports the module `chaport_core.integrity`. The `chaport` command, whose host is a
folder of files, needs more: `FolderBuild` to apply chat; `list_files`, `inspect_site` and
`write_report` to check a site; `find_policy`, `read_schema` and `write_reference` for the commands
of these names. Everything else is private.

Nothing is imported before it is asked for: Pelican imports every installed plugin in every run.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chaport_core import integrity
    from chaport_core.build import Build, BuildRefused, Source, settings_or_refuse
    from chaport_core.folder_build import FolderBuild
    from chaport_core.inspection.site_policy import find_policy
    from chaport_core.inspection.site_report import inspect_site, list_files
    from chaport_core.inspection.written import write_report
    from chaport_core.page.chat import Page
    from chaport_core.problem import Problem
    from chaport_core.schema.published import read_schema
    from chaport_core.schema.reference import write_reference
    from chaport_core.settings.site import read_settings

__all__ = [
    "Build",
    "BuildRefused",
    "FolderBuild",
    "Page",
    "Problem",
    "Source",
    "find_policy",
    "inspect_site",
    "integrity",
    "list_files",
    "read_schema",
    "read_settings",
    "settings_or_refuse",
    "write_reference",
    "write_report",
]

_HOMES = {
    "Build": "build",
    "BuildRefused": "build",
    "FolderBuild": "folder_build",
    "Page": "page.chat",
    "Problem": "problem",
    "Source": "build",
    "find_policy": "inspection.site_policy",
    "inspect_site": "inspection.site_report",
    "list_files": "inspection.site_report",
    "read_schema": "schema.published",
    "read_settings": "settings.site",
    "settings_or_refuse": "build",
    "write_reference": "schema.reference",
    "write_report": "inspection.written",
}
"""The module that each name is in."""

if not TYPE_CHECKING:  # Type checkers would take it to have any name.

    def __getattr__(name: str) -> Any:
        """Import a public name (PEP 562)."""
        if name == "integrity":
            return import_module("chaport_core.integrity")
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"chaport_core.{_HOMES[name]}"), name)
