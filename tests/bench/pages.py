"""What the core costs for each page: time by rows and by number of pages, and memory."""

import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from core import Page, chat_adder
from rows import Row
from sample import APP_ID, sample_page

ROWS = {f"section-{number}/**": {"operators": [f"team-{number}"]} for number in range(100)}
OWN = {"chaport": {"launcher": {"show": False}}}
SIZE = 11_000

AddChat = Callable[[str, Page], str]


def measure() -> Iterator[Row]:
    """Medians in microseconds, and how time and memory grow with the number of pages."""
    # With arrows and dashes, for which Python keeps each character in two bytes.
    typographic = sample_page(SIZE)
    plain = typographic.encode("ascii", "replace").decode()
    about_chaport = sample_page(SIZE, "chaport")
    with tempfile.TemporaryDirectory() as name:
        few, many = (
            chat_adder({"appId": APP_ID, "pages": rows}, Path(name)) for rows in ({}, ROWS)
        )
        yield Row("no rows", median_of(few, plain), "us", 50)
        yield Row("100 rows", median_of(many, plain), "us", 50)
        yield Row("100 rows and front matter", median_of(many, plain, OWN), "us")
        yield Row("no rows, typographic text", median_of(few, typographic), "us", 50)
        yield Row("no rows, text about Chaport", median_of(few, about_chaport), "us", 500)
        yield Row("100 rows, text about Chaport", median_of(many, about_chaport), "us", 500)
        # Linear is x 10.
        ratio = time_of(few, plain, 10_000) / time_of(few, plain, 1_000)
        yield Row("10,000 pages against 1,000", ratio, "x", 11)
        yield Row("memory kept after 10,000 more pages", memory_kept(many, plain), "KiB", 64)


def page(number: int, metadata: Mapping[str, Any]) -> Page:
    path = f"section-{number % 150}/page-{number}"
    return Page(f"{path}/index.html", f"{path}.md", {"title": "A page", **metadata}, "en")


def median_of(add_chat: AddChat, html: str, metadata: Mapping[str, Any] | None = None) -> float:
    """The median over different pages, each the fastest of five calls, in microseconds.

    The fastest, because a shared machine slows single calls to double; nothing is kept for a page.
    """
    taken = []
    for number in range(1_200):
        one = page(number, metadata or {})
        calls = []
        for _ in range(5):
            start = time.perf_counter_ns()
            add_chat(html, one)
            calls.append(time.perf_counter_ns() - start)
        taken.append(min(calls))
    return statistics.median(taken[200:]) / 1_000


def time_of(add_chat: AddChat, html: str, pages: int) -> float:
    """Seconds of CPU for that many pages."""
    start = time.process_time()
    for number in range(pages):
        add_chat(html, page(number, {}))
    return time.process_time() - start


def memory_kept(add_chat: AddChat, html: str) -> float:
    """KiB that are kept for 10,000 pages, once 1,000 have been there."""
    for number in range(1_000):
        add_chat(html, page(number, {}))
    tracemalloc.start()
    for number in range(10_000):
        add_chat(html, page(number + 1_000, {}))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return kept // 1024
