"""What one instant navigation costs: all that the runtime does in one task."""

import re
from collections.abc import Iterator

from browser_demo import Demo, open_demo
from rows import Row, median_row

_ALONE = "settings/alone.html"
# From a router's signal to its end, without the browser's own part, which takes longer than ours.
_NAVIGATE = """path => {
  const record = document.querySelector('meta[name=chaport]');
  const content = JSON.stringify({...JSON.parse(record.content), launcher: {show: path === '/b'}});
  record.content = content;
  const start = performance.now();
  history.pushState(null, '', path);
  document.dispatchEvent(new Event('turbo:load'));
  return performance.now() - start - document.browsersOwn;
}"""
_TIME_BROWSER = """
const pushState = history.pushState;
history.pushState = function (...args) {
  const start = performance.now();
  pushState.apply(this, args);
  document.browsersOwn = performance.now() - start;
};
"""


def measure() -> Iterator[Row]:
    """The median of a hundred navigations on a slow device, once it is warm."""
    with open_demo() as demo:
        write_alone(demo)
        tab = demo.new_tab(_TIME_BROWSER)
        demo.load(tab, _ALONE)
        session = tab.context.new_cdp_session(tab)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        taken = [tab.evaluate(_NAVIGATE, path) for path in ["/a", "/b"] * 60]
        yield median_row("main thread, CPU throttled 4 times", taken[20:], "ms", 2)


def write_alone(demo: Demo) -> None:
    """Write a page without Material's own script, so that a navigation is ours alone."""
    page = demo.read("settings/index.html")
    alone, found = re.subn(r"<script src=[^>]*bundle[^>]*></script>", "", page)
    if not found:
        raise ValueError("the page has no script of Material's that could be left out")
    demo.write(_ALONE, alone)
