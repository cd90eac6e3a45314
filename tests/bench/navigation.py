"""What loader and runtime cost in a browser, on load and on each navigation; when views come."""

import functools
import http.server
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from builds import confidence
from playwright.sync_api import Browser, CDPSession, sync_playwright
from playwright.sync_api import Page as Tab
from sample import VENDOR_PASTE

FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
# A widget that is ready at once and says when it was told of a page.
WIDGET = """
for (const name of ['newPageView', 'hideLauncher', 'showLauncher', 'updatePosition'])
  chaport[name] = () => name === 'newPageView' && (document.viewedAt = performance.now());
for (const listener of chaport._l.ready ?? []) listener({});
document.isReady = true;
"""
# All that the runtime does between a router's signal and its end, in one task.
ONE_NAVIGATION = """path => {
  const record = document.querySelector('meta[name=chaport]');
  const content = JSON.stringify({...JSON.parse(record.content), launcher: {show: path === '/b'}});
  record.content = content;
  const start = performance.now();
  history.pushState(null, '', path);
  document.dispatchEvent(new Event('turbo:load'));
  return performance.now() - start - document.browsersOwn;
}"""
# The browser's own part of a navigation takes longer than ours.
TIME_BROWSER = """
const pushState = history.pushState;
history.pushState = function (...args) {
  const start = performance.now();
  pushState.apply(this, args);
  document.browsersOwn = performance.now() - start;
};
"""
SHIFTS = """new Promise(done => new PerformanceObserver(list =>
  done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
  .observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 500))"""
SWAPPED_AT = """new MutationObserver(() => { document.swappedAt = performance.now() })
  .observe(document.head, {childList: true})"""


def measure_navigation(rounds: int) -> list[dict[str, str]]:
    """One row for each budget; ratios are of one run, in turn."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        base = serve(folder)
        build_material(folder, base)
        write_variants(folder / "material" / "settings")
        found = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        ours, control = ratios_of_loads(browser, base, rounds)
        return [
            row("load, main thread, ours to paste", ours, "x 1.10", "x {:.3f}"),
            row("load, main thread, paste to paste", control, "", "x {:.3f}"),
            row("navigation, 4x CPU throttling", navigations(browser, base), "2 ms", "{:.2f} ms"),
            *on_material(browser, base),
        ]


def row(what: str, values: list[float], budget: str, form: str) -> dict[str, str]:
    interval = " to ".join(form.format(bound) for bound in confidence(values))
    median = form.format(statistics.median(values))
    return {
        "what": what,
        "n": str(len(values)),
        "median": median,
        "95%": interval,
        "budget": budget,
    }


def serve(folder: Path) -> str:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))

    class QuietServer(http.server.ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A browser that closes a connection early is no news."""

    server = QuietServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def build_material(folder: Path, base: str) -> None:
    """The Material demo, live, at an address that its sitemap names."""
    demo = Path(__file__).parents[2] / "sites" / "material"
    config = (demo / "mkdocs.yml").read_text(encoding="utf-8")
    config = config.replace("https://example.org/material/", f"{base}/material/")
    config = config.replace("widget: preview", "widget: live")
    shutil.copytree(demo / "docs", folder / "source" / "docs")
    (folder / "source" / "mkdocs.yml").write_text(config, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(folder / "material")]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=folder / "source", check=True, env=quiet)


def write_variants(folder: Path) -> None:
    """The same page with the vendor's paste instead of ours, and with nothing but ours."""
    text = (folder / "index.html").read_text(encoding="utf-8")
    start = text.index('<meta name="chaport"')
    end = text.index("</head>", start)
    bare = text[:start] + text[end:]
    pasted = bare.replace("</body>", VENDOR_PASTE + "</body>")
    (folder / "pasted.html").write_text(pasted, encoding="utf-8")
    # Without Material's own script, so that a navigation is ours alone.
    alone = re.sub(r"<script src=[^>]*bundle[^>]*></script>", "", text)
    assert alone != text
    (folder / "alone.html").write_text(alone, encoding="utf-8")


def open_tab(browser: Browser, address: str) -> tuple[Tab, CDPSession]:
    """A page whose widget is ready, and the protocol that measures it from its start."""
    tab = browser.new_page()
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable")
    tab.route(
        "https://app.chaport.com/**",
        lambda route: route.fulfill(body=WIDGET, content_type="text/javascript"),
    )
    tab.add_init_script(TIME_BROWSER)
    tab.goto(address)
    tab.wait_for_function("document.isReady")
    return tab, session


def ratios_of_loads(browser: Browser, base: str, rounds: int) -> tuple[list[float], list[float]]:
    def seconds(name: str) -> float:
        tab, session = open_tab(browser, f"{base}/material/settings/{name}.html")
        told = session.send("Performance.getMetrics")["metrics"]
        metrics = {one["name"]: one["value"] for one in told}
        tab.close()
        return metrics["TaskDuration"]

    ours, control = [], []
    for number in range(rounds + 1):
        names = ["index", "pasted", "pasted"]
        taken = [seconds(name) for name in (names if number % 2 else reversed(names))]
        if not number % 2:
            taken.reverse()
        if number:
            ours.append(taken[0] / taken[1])
            control.append(taken[2] / taken[1])
    return ours, control


def navigations(browser: Browser, base: str) -> list[float]:
    tab, session = open_tab(browser, f"{base}/material/settings/alone.html")
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    taken = [tab.evaluate(ONE_NAVIGATION, path) for path in ["/a", "/b"] * 60]
    tab.close()
    return taken[20:]


def on_material(browser: Browser, base: str) -> list[dict[str, str]]:
    """The demo's full walk by clicks: delays of views, layout shifts, document loads."""
    tab, _ = open_tab(browser, f"{base}/material/")
    links = "[...new Set([...document.querySelectorAll('.md-nav--primary a')].map(a => a.href))]"
    found = (link.partition("#")[0] for link in tab.evaluate(links))
    home, *paths = dict.fromkeys(link for link in found if link.startswith(f"{base}/material/"))
    # Material swaps pages once it has its sitemap.
    tab.wait_for_load_state("networkidle")
    delays, loads, shift = [], [], 0.0
    for path in (*paths, home):
        tab.evaluate("window.stays = true")
        tab.evaluate(SWAPPED_AT)
        tab.evaluate("document.isReady = document.viewedAt = 0")
        tab.evaluate(
            "href => [...document.querySelectorAll('.md-nav--primary a')]"
            ".find(link => link.href === href).click()",
            path,
        )
        tab.wait_for_function(
            """path => location.href === path && document.readyState === 'complete' &&
            (document.viewedAt || document.isReady || (!document.querySelector('meta[name=chaport]')
            && !window.chaport))""",
            arg=path,
        )
        if tab.evaluate("document.viewedAt"):
            delays.append(tab.evaluate("document.viewedAt - document.swappedAt"))
            shift += tab.evaluate(SHIFTS)
        elif not tab.evaluate("window.stays"):
            loads.append(path.removeprefix(f"{base}/material/"))
    tab.close()
    return [
        row(
            "from swap to newPageView, Material",
            [max(0, one) for one in delays],
            "20 ms",
            "{:.2f} ms",
        ),
        {
            "what": "layout shift of the walk",
            "n": str(len(delays)),
            "median": f"{shift:.3f}",
            "95%": "",
            "budget": "0",
        },
        {
            "what": "document loads of the walk",
            "n": str(len(loads)),
            "median": " ".join(loads),
            "95%": "",
            "budget": "as named",
        },
    ]
