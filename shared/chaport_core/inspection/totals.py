"""The totals of an inspection, and the findings of a kind brought together: for every format."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from chaport_core.inspection.findings import Finding, Kind, Level
from chaport_core.inspection.page_record import Record
from chaport_core.inspection.page_report import State
from chaport_core.inspection.site_report import SiteReport
from chaport_core.problem import looks_secret

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
        messages = groups.setdefault(finding.kind, {})
        messages.setdefault(masked(finding.message), []).append(finding.place)
    return groups


def counted(number: int, noun: str) -> str:
    """`1 page`, `1,204 pages`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


_LIKE_A_SECRET = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{32,}")


def masked(text: str) -> str:
    """The text without what has the form of a secret, wherever it stands in it.

    No page is sure to be ours: a key, an attribute or the middle of a sentence may hold one.
    """

    def shown(found: re.Match[str]) -> str:
        return "..." if looks_secret(found[0]) else found[0]

    return _LIKE_A_SECRET.sub(shown, text)


def shown_record(record: Record | None) -> Any:
    """The configuration in a record as a report may show it; None where there is none."""
    return _shown(record.config if record else None)


def _shown(value: Any) -> Any:
    if isinstance(value, dict):
        return {masked(key): _shown(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shown(item) for item in value]
    return masked(value) if isinstance(value, str) else value


def summary_of(report: SiteReport) -> str:
    """`2 errors, 1 warning, 0 notices`."""
    levels = count_levels(report)
    return ", ".join(counted(number, level) for level, number in levels.items())
