"""The report as workflow commands of GitHub Actions: an annotation for each finding.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from pathlib import PurePosixPath

from chaport_core.inspection.findings import Finding
from chaport_core.inspection.site_report import SiteReport
from chaport_core.inspection.totals import counted, masked, summary_of
from chaport_core.problem import printable


def write_github(report: SiteReport) -> str:
    """A line for each finding, the worst first: a step shows ten annotations of a level."""
    lines = [_command(report.folder, finding) for finding in report.findings]
    pages = counted(len(report.pages), "page")
    # Not at a line's beginning, where a folder's name could be a command.
    lines.append(f"Checked {pages} in {_data(report.folder)}: {summary_of(report)}")
    return "\n".join(lines) + "\n"


def _command(folder: str, finding: Finding) -> str:
    file = _property((PurePosixPath(folder) / finding.place).as_posix())
    title = _property(f"Chaport: {finding.kind.title}")
    stop = "" if finding.message.endswith(("?", ".")) else "."
    message = _data(f"{masked(finding.message)}{stop} {finding.kind.next_step}")
    return f"::{finding.kind.level} file={file},title={title}::{message}"


def _data(text: str) -> str:
    # As the toolkit escapes (actions/toolkit, packages/core/src/command.ts).
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
