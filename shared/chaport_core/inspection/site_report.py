"""A whole built site: its pages read by all cores, and what is wrong between them."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from chaport_core.built_file import UnreadableError, decode_page, is_page, read_page_file
from chaport_core.built_site import site_files
from chaport_core.inspection.findings import Finding, Kind, is_failure
from chaport_core.inspection.navigation import find_reloads
from chaport_core.inspection.page_report import PageReport, inspect_page
from chaport_core.inspection.shipped_files import find_file_findings, is_ours

_CHUNK = 64
_FEW = 400
"""Pages that one process has read before others have started."""


class SiteReport(NamedTuple):
    """What an inspection has found."""

    folder: str
    """The site's folder as it was named."""
    pages: tuple[PageReport, ...]
    """By their paths."""
    findings: tuple[Finding, ...]
    """All of them, the worst kinds first, then by place."""

    @property
    def has_failures(self) -> bool:
        """Whether anything is wrong that is more than a notice."""
        return any(map(is_failure, self.findings))


class SiteFiles(NamedTuple):
    """What an inspection has to read."""

    folder: Path
    pages: list[str]
    """The paths of pages below the folder."""
    ours: dict[str, Path]
    """Our files, by their paths below the folder."""
    findings: list[Finding]
    """Of folders that cannot be read."""


def list_files(folder: Path) -> SiteFiles:
    """Find the pages of a site, and our files."""
    files = SiteFiles(folder, [], {}, [])

    def complain(error: OSError) -> None:
        place = Path(error.filename).relative_to(folder).as_posix()
        files.findings.append(_unreadable(place, f"cannot be read ({error.strerror})"))

    for path in site_files(folder, complain):
        place = path.relative_to(folder).as_posix()
        if is_ours(path.name):
            files.ours[place] = path
        elif is_page(path):
            files.pages.append(place)
    files.pages.sort()
    return files


def inspect_site(files: SiteFiles, on_progress: Callable[[int], object]) -> SiteReport:
    """Read the pages and compare them; `on_progress` hears how many more have been read."""
    pages = []
    for reports in _read_all(files):
        pages += reports
        on_progress(len(reports))
    findings = [
        *files.findings,
        *(finding for page in pages for finding in page.findings),
        *find_file_findings({page.path: page.references for page in pages}, files.ours),
        *find_reloads(pages),
    ]
    order = {kind: number for number, kind in enumerate(Kind)}
    findings.sort(key=lambda finding: (order[finding.kind], finding.place))
    by_place: dict[str, list[Finding]] = {}
    for finding in findings:
        by_place.setdefault(finding.place, []).append(finding)
    told = (page._replace(findings=tuple(by_place.get(page.path, ()))) for page in pages)
    return SiteReport(files.folder.as_posix(), tuple(told), tuple(findings))


def _read_all(files: SiteFiles) -> Iterator[list[PageReport]]:
    """The pages' reports in their order, in chunks."""
    names = files.pages
    chunks = [names[start : start + _CHUNK] for start in range(0, len(names), _CHUNK)]
    cores = _cores()
    if len(names) <= _FEW or cores == 1:
        yield from (read_pages(files.folder, chunk) for chunk in chunks)
        return
    # The same everywhere: "fork" is gone from Windows, macOS and, as the default, Python 3.14.
    pool = ProcessPoolExecutor(
        min(cores, len(chunks)), mp_context=get_context("spawn"), initializer=_leave_interrupts
    )
    try:
        yield from pool.map(read_pages, [files.folder] * len(chunks), chunks)
    finally:
        pool.shutdown(cancel_futures=True)


def _cores() -> int:
    # process_cpu_count() came with Python 3.13.
    count: Callable[[], int | None] = getattr(os, "process_cpu_count", os.cpu_count)
    return count() or 1


def _leave_interrupts() -> None:
    # Ctrl-C reaches every process; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def read_pages(folder: Path, paths: Sequence[str]) -> list[PageReport]:
    """The reports of some pages, in their order."""
    return [_read_page(folder, path) for path in paths]


def _read_page(folder: Path, path: str) -> PageReport:
    try:
        text, complaint = decode_page(read_page_file(folder / path))
    except UnreadableError as error:
        return PageReport(path, "unread", findings=(_unreadable(path, str(error)),))
    report = inspect_page(text, path)
    if complaint:
        broken = Finding(Kind.ENCODING, path, complaint)
        return report._replace(findings=(*report.findings, broken))
    return report


def _unreadable(place: str, reason: str) -> Finding:
    return Finding(Kind.UNREADABLE, place, reason)
