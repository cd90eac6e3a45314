"""The report as text for a terminal: grouped by kind, the first places of each."""

from collections.abc import Iterator

from chaport_core.inspection.findings import Kind
from chaport_core.inspection.site_report import SiteReport
from chaport_core.inspection.totals import (
    STATES,
    by_kind,
    count_states,
    counted,
    summary_of,
)
from chaport_core.problem import printable

_MESSAGES = 10
_PLACES = 3
"""Of a kind, and of a message, that are shown unless all are wanted."""


def write_text(report: SiteReport, *, verbose: bool) -> str:
    """The whole report; `verbose`: every place of every finding."""
    return "".join(f"{printable(line)}\n" for line in _lines(report, verbose))


def _lines(report: SiteReport, verbose: bool) -> Iterator[str]:
    states = count_states(report)
    # Rare states are told where they occur.
    told = [
        f"{number:,} {STATES[state]}"
        for state, number in states.items()
        if number or state in ("chat", "off", "without")
    ]
    yield f"{report.folder}: {counted(len(report.pages), 'page')}: {', '.join(told)}"
    is_shortened = False
    for kind, messages in by_kind(report.findings).items():
        yield ""
        yield _heading(kind, messages)
        yield f"  {kind.next_step}"
        shown = list(messages.items())[: None if verbose else _MESSAGES]
        for message, places in shown:
            limit = len(places) if verbose else _PLACES
            is_shortened |= limit < len(places)
            yield f"  - {message}: {_enumerated(places, limit)}"
        if len(shown) < len(messages):
            is_shortened = True
            yield f"  - and {len(messages) - len(shown):,} more"
    yield ""
    yield summary_of(report) + (" (--verbose lists all)" if is_shortened else "")


def _heading(kind: Kind, messages: dict[str, list[str]]) -> str:
    number = sum(map(len, messages.values()))
    return f"{kind.level.upper()}: {kind.title} ({number:,})"


def _enumerated(places: list[str], limit: int) -> str:
    more = len(places) - limit
    return ", ".join(places[:limit]) + (f" and {more:,} more" if more > 0 else "")
