"""The totals of an inspection, and the findings of a kind brought together: for every format."""

from collections import Counter
from collections.abc import Iterable

from chaport_core.inspection.findings import Finding, Kind, Level
from chaport_core.inspection.page import State
from chaport_core.inspection.site import SiteReport

STATES: dict[State, str] = {
    "chat": "with chat",
    "off": "off",
    "without": "without",
    "pasted": "with pasted code alone",
    "unread": "not read",
}
"""What a page's state is called, in the order in which they are told."""
LEVELS: dict[Level, str] = {"error": "errors", "warning": "warnings", "notice": "notices"}


def count_states(report: SiteReport) -> dict[State, int]:
    """How many pages are in each state."""
    found = Counter(page.state for page in report.pages)
    return {state: found[state] for state in STATES}


def count_levels(report: SiteReport) -> dict[Level, int]:
    """How many findings are errors, warnings and notices."""
    found = Counter(finding.kind.level for finding in report.findings)
    return {level: found[level] for level in LEVELS}


def by_kind(findings: Iterable[Finding]) -> dict[Kind, dict[str, list[str]]]:
    """The places of each message of each kind, in the report's order."""
    groups: dict[Kind, dict[str, list[str]]] = {}
    for finding in findings:
        groups.setdefault(finding.kind, {}).setdefault(finding.message, []).append(finding.place)
    return groups


def counted(number: int, noun: str) -> str:
    """`1 page`, `1,204 pages`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def summary_of(report: SiteReport) -> str:
    """`2 errors, 1 warning, 0 notices`."""
    levels = count_levels(report)
    return ", ".join(counted(number, level) for level, number in levels.items())
