"""Two measurements in turns, so that a machine that gets slower slows both."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Measured = TypeVar("Measured")


def take_turns(
    base: Callable[[], Measured], other: Callable[[], Measured], pairs: int
) -> tuple[list[Measured], list[Measured]]:
    """Measure base, other, base ... other, base; return both, one more of base.

    `pairs`: at least two, or there is no control.
    """
    bases, others = [base()], []
    for _ in range(pairs):
        others.append(other())
        bases.append(base())
    return bases, others


def ratios(bases: Sequence[float], others: Sequence[float]) -> list[float]:
    """Each of the others to the mean of the two of base beside it."""
    return _to_neighbours(others, bases, bases[1:])


def control_ratios(bases: Sequence[float]) -> list[float]:
    """The same of base alone, each between two others: 1, but for the machine's noise."""
    return _to_neighbours(bases[1:], bases, bases[2:])


def _to_neighbours(
    values: Sequence[float], before: Sequence[float], after: Sequence[float]
) -> list[float]:
    neighbours = zip(values, before, after, strict=False)
    return [2 * value / (left + right) for value, left, right in neighbours]
