"""Whole builds: the share of the user CPU that the plugin adds, by host and number of pages."""

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from children import compile_modules, user_seconds
from hosts import HOSTS, Site
from rows import Row, median_row
from turns import Turns, take_turns

GOALS = {20: 3.0, 200: 1.5, 2_000: 1.5}
"""Per cent of the plain build, by the number of pages."""


def measure(pairs: int | None, sizes: Sequence[int]) -> Iterator[Row]:
    """Per cent that a build with the plugin takes more than without, start-up included.

    `pairs`: builds with the plugin, at least two; None for as many as each size needs.
    """
    for host, make_site in HOSTS.items():
        for pages in sizes:
            name = f"{host}, {pages:,} pages"
            with tempfile.TemporaryDirectory() as folder:
                turns = build_in_turns(make_site(Path(folder), pages), pairs or usual_pairs(pages))
            yield median_row(name, per_cent(turns.ratios()), "%", GOALS.get(pages))
            yield median_row(f"{name}, control", per_cent(turns.control()), "%")
            yield Row(f"{name}, plain build", statistics.median(turns.base), "s")


def usual_pairs(pages: int) -> int:
    """Enough for a narrow interval in about three minutes."""
    return 60 if pages < 100 else 20 if pages < 1_000 else 6


def build_in_turns(site: Site, pairs: int) -> Turns:
    """User seconds of plain builds and of those with the plugin."""
    compile_modules(site.plain)
    compile_modules(site.plugin)
    return take_turns(partial(user_seconds, site.plain), partial(user_seconds, site.plugin), pairs)


def per_cent(ratios: Sequence[float]) -> list[float]:
    """What ratios are above 1."""
    return [100 * (ratio - 1) for ratio in ratios]
