"""A walk through the Material demo by clicks: when views are reported, and what shifts or loads."""

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

from browser_demo import Demo, open_demo
from playwright.sync_api import ConsoleMessage
from rows import Row, median_row

# Says when a page is reached, whichever way, and no step of it is left that could lead elsewhere.
# Until then nothing is asked of the page: it may load another document at any moment.
_SAY_REACHED = """
let isFresh = true, swapped = 0, shift = 0;
const shifts = new PerformanceObserver(list => list.getEntries().forEach(add));
const add = entry => { shift += entry.value };
shifts.observe({type: 'layout-shift', buffered: true});

const reached = async viewed => {
  // What has shifted is known once it is painted.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  shifts.takeRecords().forEach(add);
  const delay = viewed && Math.max(0, viewed - swapped);
  console.debug(JSON.stringify({reached: location.href, isLoaded: isFresh, delay, shift}));
  isFresh = false;
  shift = 0;
};

// With chat: the widget is ready, in a document where it was not, or is told of the page.
addEventListener('bench:ready', () => reached(null));
addEventListener('bench:view', () => reached(performance.now()));
// Without chat: the document is loaded, or Material has swapped it.
addEventListener('load', () => {
  new MutationObserver(() => { swapped = performance.now() })
    .observe(document.head, {childList: true});
  document$.subscribe(() => {
    if (!document.querySelector('meta[name=chaport]') && !window.chaport) reached(null);
  });
});
"""
# Material takes clicks once it has the sitemap; before, they would load documents.
_CLICK = """async address => {
  const links = [...document.querySelectorAll('.md-nav--primary a')];
  const link = links.find(({ href }) => href === address);
  for (const end = performance.now() + 60_000; performance.now() < end;) {
    let isTaken;
    const note = event => { isTaken = event.defaultPrevented; event.preventDefault(); };
    addEventListener('click', note, { once: true });
    link.click();
    if (isTaken) return;
    await new Promise(requestAnimationFrame);
  }
  throw Error(`Material has not taken a click to ${address}`);
}"""
_LINKS = "[...document.querySelectorAll('.md-nav--primary a')].map(a => a.href.split('#')[0])"


class Step(NamedTuple):
    """How a page was reached."""

    path: str
    is_loaded: bool
    """Whether a document was loaded for it."""
    delay: float | None
    """Milliseconds from the swap to the report of the view; None where none was reported."""
    shift: float


def measure() -> Iterator[Row]:
    """The walk to every page of the menu and back."""
    with open_demo() as demo:
        steps = take_walk(demo)
    delays = [step.delay for step in steps if step.delay is not None]
    loads = [step.path for step in steps if step.is_loaded]
    shift = sum(step.shift for step in steps if not step.is_loaded)
    yield median_row("from swap to newPageView", delays, "ms", 20)
    yield Row("layout shift of swaps", shift, "", 0, count=len(steps) - len(loads))
    yield Row("document loads", len(loads), "pages", count=len(steps), note=" ".join(loads))


def take_walk(demo: Demo) -> list[Step]:
    """Click through all pages of the menu, from the first one and back to it."""
    tab = demo.new_tab(_SAY_REACHED)
    with tab.expect_console_message(says_reached(demo.address)):
        tab.goto(demo.address)
    links = (link for link in tab.evaluate(_LINKS) if link.startswith(demo.address))
    home, *others = dict.fromkeys(links)
    steps = []
    for address in (*others, home):
        with tab.expect_console_message(says_reached(address)) as said:
            tab.evaluate(_CLICK, address)
        reached = json.loads(said.value.text)
        path = address.removeprefix(demo.address)
        steps.append(Step(path, reached["isLoaded"], reached["delay"], reached["shift"]))
    return steps


def says_reached(address: str) -> Callable[[ConsoleMessage], bool]:
    """Whether a message of the page is that it has reached this address."""
    start = json.dumps({"reached": address}, separators=(",", ":"))[:-1] + ","
    return lambda message: message.text.startswith(start)
