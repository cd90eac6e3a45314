"""What the loader and the runtime cost the main thread while a page loads."""

from collections.abc import Iterator
from functools import partial

from browser_demo import Demo, open_demo
from rows import Row, median_row
from sample import VENDOR_PASTE
from turns import control_ratios, ratios, take_turns

_OURS = "settings/"
_PASTED = "settings/pasted.html"


def measure(pairs: int | None) -> Iterator[Row]:
    """Our page to the same page with the vendor's paste.

    `pairs`: loads of our page, at least two; None for 20.
    """
    with open_demo() as demo:
        write_pasted(demo)
        for path in (_OURS, _PASTED):
            main_thread_seconds(demo, path)
        pasted, ours = (partial(main_thread_seconds, demo, path) for path in (_PASTED, _OURS))
        bases, others = take_turns(pasted, ours, pairs or 20)
        yield median_row("main thread, ours to paste", ratios(bases, others), "x", 1.1)
        yield median_row("main thread, control", control_ratios(bases), "x")


def write_pasted(demo: Demo) -> None:
    """Write the page with the vendor's installation code instead of ours."""
    text = demo.read(_OURS + "index.html")
    start = text.index('<meta name="chaport"')
    bare = text[:start] + text[text.index("</head>", start) :]
    demo.write(_PASTED, bare.replace("</body>", f"{VENDOR_PASTE}</body>"))


def main_thread_seconds(demo: Demo, path: str) -> float:
    """The main thread's work until a page is loaded, its widget ready, and nothing left to do."""
    tab = demo.new_tab()
    session = tab.context.new_cdp_session(tab)
    # CPU, not time: what else the machine does does not count.
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    demo.load(tab, path)
    tab.evaluate("new Promise(done => requestIdleCallback(() => done()))")
    metrics = session.send("Performance.getMetrics")["metrics"]
    tab.context.close()
    return next(one["value"] for one in metrics if one["name"] == "TaskDuration")
