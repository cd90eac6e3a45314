"""A report in the form that was asked for."""

from typing import Literal

from chaport_core.inspection.as_github import write_github
from chaport_core.inspection.as_html import write_html
from chaport_core.inspection.as_json import write_json
from chaport_core.inspection.as_text import write_text
from chaport_core.inspection.site_report import SiteReport

Form = Literal["text", "json", "github", "html"]


def write_report(report: SiteReport, form: Form, *, verbose: bool) -> str:
    """The whole report; `verbose`: with every place of every finding in the text."""
    match form:
        case "text":
            return write_text(report, verbose=verbose)
        case "json":
            return write_json(report)
        case "github":
            return write_github(report)
        case "html":
            return write_html(report)
