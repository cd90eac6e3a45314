"""What the core costs for each page: time by rows and by number of pages, and memory."""

import statistics
import time
import tracemalloc

from sample import APP_ID, sample_page

from chaport_core.page.chat import Chat, Page
from chaport_core.settings.site import read_settings

ROWS = {f"section-{number}/**": {"operators": [f"team-{number}"]} for number in range(100)}
TYPOGRAPHIC = sample_page(11_000)
"""With arrows and dashes, for which Python keeps each character in two bytes."""
HTML = TYPOGRAPHIC.encode("ascii", "replace").decode()
ABOUT_CHAPORT = sample_page(11_000, "chaport")


def measure_pages() -> list[dict[str, str]]:
    """Medians in microseconds, and how time and memory grow with the number of pages."""
    few, many = chat_with({}), chat_with(ROWS)
    own = {"chaport": {"launcher": {"show": False}}}
    short, long = time_of(few, 1_000), time_of(few, 10_000)
    return [
        result("no rows", f"{median_of(few):.1f} us", "10 us"),
        result("100 rows", f"{median_of(many):.1f} us", "25 us"),
        result("100 rows, front matter", f"{median_of(many, own):.1f} us", ""),
        result("no rows, typographic text", f"{median_of(few, html=TYPOGRAPHIC):.1f} us", ""),
        result("no rows, text about Chaport", f"{median_of(few, html=ABOUT_CHAPORT):.1f} us", ""),
        result("10,000 pages against 1,000", f"x {long / short:.2f}", "x 10 (linear)"),
        result("memory kept after 10,000 more pages", f"{memory_kept(many)} KiB", "flat"),
    ]


def result(what: str, value: str, budget: str) -> dict[str, str]:
    return {"what": what, "measured": value, "budget": budget}


def chat_with(rows: dict[str, object]) -> Chat:
    settings, problems = read_settings({"appId": APP_ID, "pages": rows})
    assert settings is not None, problems
    return Chat(settings, ship=print)


def page(number: int, metadata: dict[str, object]) -> Page:
    path = f"section-{number % 150}/page-{number}"
    return Page(f"{path}/index.html", f"{path}.md", {"title": "A page", **metadata}, "en")


def median_of(chat: Chat, metadata: dict[str, object] | None = None, html: str = HTML) -> float:
    """The median over different pages, each the fastest of five calls, in microseconds.

    The fastest, because a shared machine slows single calls to double; nothing is kept for a page.
    """
    taken = []
    for number in range(3_000):
        one = page(number, metadata or {})
        calls = []
        for _ in range(5):
            start = time.perf_counter_ns()
            chat.add_to(html, one)
            calls.append(time.perf_counter_ns() - start)
        taken.append(min(calls))
    return statistics.median(taken[500:]) / 1_000


def time_of(chat: Chat, pages: int) -> float:
    start = time.process_time()
    for number in range(pages):
        chat.add_to(HTML, page(number, {}))
    return time.process_time() - start


def memory_kept(chat: Chat) -> int:
    for number in range(1_000):
        chat.add_to(HTML, page(number, {}))
    tracemalloc.start()
    for number in range(10_000):
        chat.add_to(HTML, page(number + 1_000, {}))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return kept // 1024
