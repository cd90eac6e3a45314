"""Whole builds: the share of the CPU that the plugin adds, by host and number of pages."""

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from children import Cpu, compile_modules, cpu_of
from hosts import HOSTS, Site
from rows import Row, median_row
from turns import control_ratios, ratios, take_turns

GOALS = {20: 3.0, 200: 1.5, 2_000: 1.5}
"""Per cent of the plain build's user CPU, by the number of pages."""


def measure(pairs: int | None, sizes: Sequence[int]) -> Iterator[Row]:
    """Per cent that a build with the plugin takes more than without, start-up included.

    `pairs`: builds with the plugin, at least two; None for as many as each size needs.
    """
    for host, make_site in HOSTS.items():
        for pages in sizes:
            with tempfile.TemporaryDirectory() as folder:
                site = make_site(Path(folder), pages)
                plain, plugin = build_in_turns(site, pairs or usual_pairs(pages))
            yield from rows_of(f"{host}, {pages:,} pages", plain, plugin, GOALS.get(pages))


def usual_pairs(pages: int) -> int:
    """Enough for a narrow interval in a few minutes."""
    return 60 if pages < 100 else 20 if pages < 1_000 else 6


def build_in_turns(site: Site, pairs: int) -> tuple[list[Cpu], list[Cpu]]:
    """What plain builds take, and those with the plugin."""
    compile_modules(site.plain)
    compile_modules(site.plugin)
    return take_turns(partial(cpu_of, site.plain), partial(cpu_of, site.plugin), pairs)


def rows_of(
    name: str, plain: Sequence[Cpu], plugin: Sequence[Cpu], goal: float | None
) -> Iterator[Row]:
    """The shares of user CPU and of all CPU, each with its control, and what they are shares of.

    All CPU is known exactly; how much of it is the user's, most kernels only sample.
    """
    user = [one.user for one in plain]
    yield median_row(name, per_cent(ratios(user, [one.user for one in plugin])), "%", goal)
    yield median_row(f"{name}, control", per_cent(control_ratios(user)), "%")
    total = [one.total for one in plain]
    added = per_cent(ratios(total, [one.total for one in plugin]))
    yield median_row(f"{name}, with system time", added, "%")
    yield median_row(f"{name}, its control", per_cent(control_ratios(total)), "%")
    yield Row(f"{name}, plain build", statistics.median(user), "s")


def per_cent(values: Sequence[float]) -> list[float]:
    """What ratios are above 1."""
    return [100 * (value - 1) for value in values]
