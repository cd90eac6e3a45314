"""The report as one JSON object for programs; a change that breaks them changes its version.

    {"version": 1, "folder": "site",
     "totals": {"pages": {"chat": 1, ...}, "findings": {"error": 0, ...}},
     "kinds": [{"kind": "secret", "level": "error", "title": "...", "nextStep": "...", "count": 1}],
     "findings": [{"kind": "secret", "place": "a.html", "message": "..."}],
     "pages": [{"path": "a.html", "state": "chat", "lang": "en", "record": {...}, "consent": null,
                "files": ["chaport-runtime.0123abcd.js"]}]}

`kinds` names those that were found, `place` a path below the folder. A page without a record, or
with one that cannot be read, has null there; secrets are left out of records.
"""

import json
from typing import Any

from chaport_core.inspection.page_report import PageReport
from chaport_core.inspection.site_report import SiteReport
from chaport_core.inspection.totals import by_kind, count_levels, count_states, masked, shown_record

FORMAT_VERSION = 1


def write_json(report: SiteReport) -> str:
    """The whole report, in ASCII."""
    kinds = [
        {
            "kind": kind.key,
            "level": kind.level,
            "title": kind.title,
            "nextStep": kind.next_step,
            "count": sum(map(len, messages.values())),
        }
        for kind, messages in by_kind(report.findings).items()
    ]
    findings = [
        {"kind": one.kind.key, "place": one.place, "message": masked(one.message)}
        for one in report.findings
    ]
    whole = {
        "version": FORMAT_VERSION,
        "folder": report.folder,
        "totals": {"pages": count_states(report), "findings": count_levels(report)},
        "kinds": kinds,
        "findings": findings,
        "pages": [_page(page) for page in report.pages],
    }
    return json.dumps(whole, indent=2) + "\n"


def _page(page: PageReport) -> dict[str, Any]:
    return {
        "path": page.path,
        "state": page.state,
        "lang": page.lang,
        "record": shown_record(page.record),
        "consent": masked(page.record.consent or "") or None if page.record else None,
        "files": [reference.path for reference in page.references],
    }
