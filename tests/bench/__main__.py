"""`make bench`: prints the benchmark's tables and keeps them as build/bench.json."""

import argparse
import json
import platform
from pathlib import Path

from builds import measure_builds
from navigation import measure_navigation
from pages import measure_pages
from sizes import measure_sizes

KEPT = Path(__file__).parents[2] / "build" / "bench.json"


def run_benchmark() -> None:
    """Measure everything and show each result against its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=7, help="paired builds of each host")
    parser.add_argument("--pages", type=int, default=2000, help="pages of each built site")
    arguments = parser.parse_args()

    results = {"python": platform.python_version(), "machine": platform.machine()}
    results["sizes"] = measure_sizes()
    show("Bytes added to a 10 KB page with only an appId", results["sizes"])
    results["pages"] = measure_pages()
    show("In-process cost of one 11 KB page", results["pages"])
    results["navigation"] = measure_navigation(rounds=20)
    show("In a browser, where pages are swapped", results["navigation"])
    results["builds"] = measure_builds(arguments.pairs, arguments.pages)
    show("Whole builds, user CPU against the vendor's snippet in the theme", results["builds"])
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(results, indent=2), encoding="utf-8")
    print(f"\nkept as {KEPT.relative_to(Path.cwd())}")


def show(title: str, rows: list[dict[str, str]]) -> None:
    """Print rows of equal keys as a table."""
    widths = {key: max(len(key), *(len(row[key]) for row in rows)) for key in rows[0]}
    print(f"\n{title}\n")
    for row in ({key: key for key in widths}, *rows):
        print("  " + "  ".join(row[key].ljust(width) for key, width in widths.items()))


if __name__ == "__main__":
    run_benchmark()
