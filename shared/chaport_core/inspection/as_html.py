"""The report as one HTML page that needs nothing else: totals, findings, a table of all pages.

Its parts are report.html, report.css and report.js; what is in them stands as written, and every
value is put in escaped.
"""

import json
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from string import Template

from chaport_core.inspection.findings import Finding, Kind, Level
from chaport_core.inspection.page_report import PageReport
from chaport_core.inspection.site_report import SiteReport
from chaport_core.inspection.totals import (
    LEVELS,
    STATES,
    by_kind,
    count_levels,
    count_states,
    counted,
    masked,
    shown_record,
)
from chaport_core.problem import printable

_MESSAGES = 50
_PLACES = 20
"""Of a kind, and of a message, that are shown above the table, which has all of them."""


def write_html(report: SiteReport) -> str:
    """The whole page."""
    rows = "\n".join(_row(page) for page in report.pages)
    return Template(_part("report.html")).substitute(
        style=_part("report.css"),
        script=_part("report.js"),
        folder=_text(report.folder),
        pages=counted(len(report.pages), "page"),
        verdict=_verdict(report),
        totals="\n".join(_totals(report)),
        findings="\n".join(_kinds(report)),
        kinds="\n".join(_kind_options(report)),
        states="\n".join(_state_options(report)),
        rows=rows,
    )


def _part(name: str) -> str:
    return files("chaport_core.inspection").joinpath(name).read_text(encoding="utf-8").strip()


def _text(value: str) -> str:
    return escape(printable(value))


def _verdict(report: SiteReport) -> str:
    levels = count_levels(report)
    failures: tuple[Level, ...] = ("error", "warning")
    bad = [counted(levels[level], level) for level in failures if levels[level]]
    if bad:
        return f'<p class="verdict bad">{" and ".join(bad)} to look at</p>'
    return '<p class="verdict good">Nothing is wrong</p>'


def _totals(report: SiteReport) -> Iterator[str]:
    for state, number in count_states(report).items():
        if number or state in ("chat", "off", "without"):
            yield _total(number, STATES[state], state)
    for level, number in count_levels(report).items():
        name = level if number == 1 else LEVELS[level]
        yield _total(number, name, level if number else "none")


def _total(number: int, name: str, kind: str) -> str:
    return f'<div class="{kind}"><dd>{number:,}</dd><dt>{name}</dt></div>'


def _kinds(report: SiteReport) -> Iterator[str]:
    for kind, messages in by_kind(report.findings).items():
        number = sum(map(len, messages.values()))
        is_open = " open" if kind.level != "notice" else ""
        yield (
            f'<details class="kind"{is_open}><summary>{_badge(kind)} <b>{_text(kind.title)}</b>'
            f' <span class="count">{number:,}</span></summary>'
            f'<p class="next">{_text(kind.next_step)}</p><ul>'
        )
        for message, places in list(messages.items())[:_MESSAGES]:
            yield f"<li>{_text(message)}<br>{_places(places)}</li>"
        if len(messages) > _MESSAGES:
            yield f"<li>and {len(messages) - _MESSAGES:,} more, all in the table below</li>"
        yield "</ul></details>"
    if not report.findings:
        yield '<p class="next">No finding of any kind.</p>'


def _badge(kind: Kind) -> str:
    return f'<span class="badge {kind.level}">{kind.level}</span>'


def _places(places: list[str]) -> str:
    shown = " ".join(f"<code>{_text(place)}</code>" for place in places[:_PLACES])
    more = len(places) - _PLACES
    return shown + (f" and {more:,} more" if more > 0 else "")


def _kind_options(report: SiteReport) -> Iterator[str]:
    """The options of the filter for kinds of finding."""
    for kind in by_kind(report.findings):
        yield f'<option value="{kind.key}">{_text(kind.title)}</option>'


def _state_options(report: SiteReport) -> Iterator[str]:
    for state, number in count_states(report).items():
        if number:
            yield f'<option value="{state}">{STATES[state]} ({number:,})</option>'


def _row(page: PageReport) -> str:
    kinds = " ".join(dict.fromkeys(finding.kind.key for finding in page.findings))
    worst = next((finding.kind.level for finding in page.findings), "none")
    return (
        f'<tr data-state="{page.state}" data-kinds="{kinds}" data-level="{worst}">'
        f'<th scope="row"><code>{_text(page.path)}</code>{_record_of(page)}</th>'
        f'<td><span class="state {page.state}">{STATES[page.state]}</span></td>'
        f"<td>{_text(page.lang or '')}</td><td>{_findings_of(page.findings)}</td></tr>"
    )


def _findings_of(findings: tuple[Finding, ...]) -> str:
    items = (f"<li>{_badge(one.kind)} {_text(masked(one.message))}</li>" for one in findings)
    return f"<ul>{''.join(items)}</ul>" if findings else ""


def _record_of(page: PageReport) -> str:
    if page.record is None:
        return ""
    text = json.dumps(shown_record(page.record), indent=2, ensure_ascii=False)
    gate = f"<p>consent: {_text(masked(page.record.consent))}</p>" if page.record.consent else ""
    lines = "\n".join(map(_text, text.split("\n")))
    return f"<details><summary>Record</summary>{gate}<pre>{lines}</pre></details>"
