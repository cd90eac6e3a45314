"""`make bench`: measures part by part, prints each row beside its goal, keeps build/bench.json."""

import argparse
import json
import platform
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import NamedTuple

import builds
import loads
import navigation
import packages
import pages
import sizes
import startup
import walk
from rows import Row, Skipped
from sample import ROOT
from table import print_row, print_title

KEPT = ROOT / "build" / "bench.json"


class Part(NamedTuple):
    """What can be measured by itself."""

    title: str
    measure: Callable[[argparse.Namespace], Iterator[Row]]
    """Measures row by row, as the arguments of the command line have it."""


# Quick ones first.
PARTS = {
    "sizes": Part("bytes", lambda _: sizes.measure()),
    "packages": Part("distributions in an environment", lambda _: packages.measure()),
    "pages": Part("adding chat to one page of 11 KB, in the process", lambda _: pages.measure()),
    "startup": Part(
        "CPU of a build without pages, with the plugin minus without",
        lambda given: startup.measure(given.pairs),
    ),
    "navigation": Part("one instant navigation in a browser", lambda _: navigation.measure()),
    "walk": Part("the Material demo in a browser, by clicks", lambda _: walk.measure()),
    "loads": Part(
        "loading a page in a browser, ours to the vendor's paste",
        lambda given: loads.measure(given.pairs),
    ),
    "builds": Part(
        "user CPU of a build, with the plugin minus without, as a share of without",
        lambda given: builds.measure(given.pairs, given.pages or tuple(builds.GOALS)),
    ),
}


def run_benchmark(given: argparse.Namespace) -> int:
    """Measure the parts that are named, or all; return 1 if one of them failed, else 0."""
    measured: dict[str, list[Row]] = {}
    for name in given.parts or PARTS:
        part = PARTS[name]
        print_title(f"{name}: {part.title}")
        measured[name] = []
        for row in rows_of(name, part.measure(given)):
            print_row(row)
            measured[name].append(row)
            # At once: who ends a long run keeps what it has.
            keep(measured)
    print(f"\nkept as {KEPT.relative_to(ROOT)}")
    return int(any(row.failed for rows in measured.values() for row in rows))


def rows_of(name: str, measure: Iterator[Row]) -> Iterator[Row]:
    """A part's rows, and one that says why where it ends before its time."""
    try:
        yield from measure
    except Skipped as reason:
        yield Row(name, None, "", note=f"skipped: {reason}")
    except Exception as error:
        traceback.print_exc()
        reason = str(error).partition("\n")[0]
        yield Row(name, None, "", note=f"failed: {type(error).__name__}: {reason}", failed=True)


def keep(measured: dict[str, list[Row]]) -> None:
    """Write all rows so far, by part, as JSON."""
    parts = {name: [row._asdict() for row in rows] for name, rows in measured.items()}
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps({**machine, "parts": parts}, indent=2), encoding="utf-8")


def arguments() -> argparse.Namespace:
    """The command line: `nox -s bench -- pages builds --pairs 3 --pages 20`."""
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--pairs", type=int, help="paired measurements of each row, at least 2")
    parser.add_argument(
        "--pages", type=int, action="append", help="pages of a built site; may be repeated"
    )
    given = parser.parse_args()
    for part in given.parts:
        if part not in PARTS:
            parser.error(f"no part is called {part}; there are {', '.join(PARTS)}")
    if given.pairs is not None and given.pairs < 2:
        parser.error("--pairs must be at least 2, or there is no control")
    return given


if __name__ == "__main__":
    sys.exit(run_benchmark(arguments()))
