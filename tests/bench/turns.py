"""Two measurements in turns, so that a machine that gets slower slows both."""

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Turns(NamedTuple):
    """What was measured: base, other, base ... other, base."""

    base: list[float]
    """One more than `other`."""
    other: list[float]

    def ratios(self) -> list[float]:
        """Each of `other` to the mean of its two neighbours."""
        return _ratios(self.other, self.base, self.base[1:])

    def control(self) -> list[float]:
        """The same of `base` alone, each between two others: 1, but for the machine's noise."""
        return _ratios(self.base[1:], self.base, self.base[2:])


def take_turns(base: Callable[[], float], other: Callable[[], float], pairs: int) -> Turns:
    """Measure both in turns; of one pair there is no control."""
    turns = Turns([base()], [])
    for _ in range(pairs):
        turns.other.append(other())
        turns.base.append(base())
    return turns


def _ratios(
    values: Sequence[float], before: Sequence[float], after: Sequence[float]
) -> list[float]:
    neighbours = zip(values, before, after, strict=False)
    return [2 * value / (left + right) for value, left, right in neighbours]
