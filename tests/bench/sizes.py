"""Bytes: what a page grows by, beside the vendor's paste, and the shipped scripts."""

import gzip
import tempfile
from collections.abc import Iterator
from pathlib import Path

from core import Page, chat_adder
from rows import Row
from sample import APP_ID, VENDOR_PASTE, sample_page


def measure() -> Iterator[Row]:
    """Growth of a 10 KB page with only an app ID, and the scripts of sites that need more."""
    page = sample_page(10_240)
    with tempfile.TemporaryDirectory() as name:
        output = Path(name)
        ours = chat_adder({"appId": APP_ID}, output)(page, Page("index.html"))
        yield from growth("a page of 10 KB", page, ours, (1_050, 470))
        yield from growth("the vendor's paste", page, with_paste(page), (None, None))
        more = {"appId": APP_ID, "navigation": "always", "events": "dom"}
        chat_adder(more, output)(page, Page("index.html"))
        yield script("runtime, gzipped", output, "chaport-runtime*.js", 2_800)
        yield script("chat links and events, gzipped", output, "chaport-content*.js", 1_200)


def with_paste(page: str) -> str:
    """The page as its author would have it without us."""
    return page.replace("</head>", VENDOR_PASTE + "</head>")


def growth(
    name: str, page: str, changed: str, goals: tuple[float | None, float | None]
) -> Iterator[Row]:
    """By how much a page has grown, as it is and gzipped."""
    raw = len(changed.encode()) - len(page.encode())
    yield Row(f"{name}, growth", raw, "bytes", goals[0])
    yield Row(f"{name}, growth when gzipped", gzipped(changed) - gzipped(page), "bytes", goals[1])


def script(name: str, output: Path, pattern: str, goal: float) -> Row:
    """The size of the one shipped file of that name."""
    (path,) = output.glob(pattern)
    return Row(name, gzipped(path.read_text(encoding="utf-8")), "bytes", goal)


def gzipped(text: str) -> int:
    return len(gzip.compress(text.encode(), mtime=0))
