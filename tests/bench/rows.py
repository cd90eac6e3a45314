"""A row of the table: a figure beside its goal."""

import random
import statistics
from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """What was measured, and what it may be at most."""

    name: str
    figure: float | None
    """None where nothing was measured; the note says why."""
    unit: str
    goal: float | None = None
    """The most that it may be, in the same unit."""
    interval: tuple[float, float] | None = None
    """The 95 % interval of the figure, where it is a median."""
    count: int | None = None
    """The number of values that it is the median of."""
    note: str = ""
    failed: bool = False
    """Whether a part ended here by a mistake."""


class Skipped(Exception):
    """Raised by a part that cannot be measured on this machine; the message says why."""


def median_row(name: str, values: Sequence[float], unit: str, goal: float | None = None) -> Row:
    """The median of at least one value, with its 95 % interval."""
    median = statistics.median(values)
    return Row(name, median, unit, goal, confidence(values), len(values))


def confidence(values: Sequence[float]) -> tuple[float, float]:
    """A 95 % bootstrap interval of the median."""
    chance = random.Random(1)
    medians = sorted(statistics.median(chance.choices(values, k=len(values))) for _ in range(2_000))
    return medians[50], medians[1_949]
