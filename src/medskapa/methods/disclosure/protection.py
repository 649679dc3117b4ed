"""Withholding small numbers (complementary cell suppression), so that an attacker cannot tell them.

First every figure of fewer people than the threshold is withheld. Where it could still be told, by subtracting what is shown from a
total, other figures are withheld, too: as few people's worth of them as can be found. A small figure is protected if an attacker cannot
tell it closer than to the threshold: the least and the most it can be differ by the threshold or more. Then nobody can tell either that
it is below the threshold.

The search is the one that the U.S. Census Bureau described (Zayatz, 1992, Using linear programming methodology for disclosure avoidance
purposes): one small figure after the other, each time with the cheapest change that protects it. In the end what turned out not to be
needed is shown again. That is seldom the best of all patterns, but a safe one. The problem as a whole: Fischetti and Salazar, 2001,
Solving the cell suppression problem on tabular data with linear constraints, Management Science 47.
"""

from dataclasses import dataclass

import numpy as np

from medskapa.methods.disclosure.attacker import HIGHEST, Attacker, Interval, Mask, Progress
from medskapa.methods.disclosure.figures import Figures, Key
from medskapa.methods.errors import MethodError

THRESHOLD = 5


@dataclass(frozen=True, slots=True)
class Small:
    """A figure of few people, and what an attacker can tell of it from all that is shown."""

    key: Key
    interval: Interval
    is_protected: bool


@dataclass(frozen=True, slots=True)
class Protected:
    """What can be published.

    shown       key → count
    small       figures of fewer people than the threshold
    complement  what is withheld, too, so that those cannot be worked out
    """

    shown: dict[Key, int]
    small: tuple[Small, ...]
    complement: tuple[Key, ...]

    @property
    def withheld(self) -> tuple[Key, ...]:
        """All that is withheld, in the order of the keys."""
        return tuple(sorted([*(one.key for one in self.small if one.key not in self.shown), *self.complement]))

    @property
    def told(self) -> tuple[Small, ...]:
        """Small figures that anybody can tell nevertheless, because of what is public already."""
        return tuple(one for one in self.small if not one.is_protected)


def protect(figures: Figures, threshold: int = THRESHOLD, *, zeros: bool = False, progress: Progress | None = None) -> Protected:
    """What to withhold of figures that are published together.

    threshold  figures of fewer people are small
    zeros      whether figures of nobody are small, too
    progress   is told how many attacks were tried so far

    Raises MethodError if the threshold is not between 2 and 1000, or the figures are too many or contradict each other.

    >>> from medskapa.methods.disclosure.figures import with_totals
    >>> figures = with_totals(["place", "age"], {("A", "young"): 3, ("A", "old"): 9, ("B", "young"): 7, ("B", "old"): 8})
    >>> found = protect(figures)
    >>> [(one.key, one.interval) for one in found.small], found.complement
    ([(('A', 'young'), Interval(low=1, high=9))], (('A', 'old'), ('B', 'old'), ('B', 'young')))
    """
    if not 2 <= threshold <= HIGHEST:
        raise MethodError(f"the threshold is {threshold}, expected a number from 2 to {HIGHEST}")
    attacker = Attacker(figures, zeros=zeros, progress=progress)
    is_small = (attacker.counts < threshold) & ((attacker.counts > 0) | attacker.may_change)
    is_withheld = _with_complement(attacker, is_small & attacker.may_change, threshold)
    is_withheld = _without_needless(attacker, is_withheld, is_small, threshold)
    intervals = {figures.keys[one]: attacker.interval(one, is_withheld) for one in np.flatnonzero(is_small).tolist()}
    return Protected(
        {figures.keys[one]: int(attacker.counts[one]) for one in np.flatnonzero(~is_withheld).tolist()},
        tuple(Small(key, interval, interval.is_wide(threshold)) for key, interval in intervals.items()),
        tuple(figures.keys[one] for one in np.flatnonzero(is_withheld & ~is_small).tolist()),
    )


def _with_complement(attacker: Attacker, is_small: Mask, threshold: int) -> Mask:
    """What to withhold so that no small figure can be told: those of fewest people first."""
    is_withheld = is_small.copy()
    for one in sorted(np.flatnonzero(is_small).tolist(), key=lambda one: (int(attacker.counts[one]), one)):
        if not _are_safe(attacker, [one], is_withheld, threshold):
            more = attacker.two_tables(one, is_withheld, threshold)
            is_withheld = is_withheld if more is None else is_withheld | more
    return is_withheld


def _are_safe(attacker: Attacker, small: list[int], is_withheld: Mask, threshold: int) -> bool:
    """Whether none of these figures can be told; those first that vary least in the tables found so far."""
    spread = attacker.spread(is_withheld)
    unproven = sorted((one for one in small if spread[one] < threshold), key=lambda one: (int(spread[one]), one))
    return all(attacker.spread(is_withheld)[one] >= threshold or attacker.is_protected(one, is_withheld, threshold) for one in unproven)


def _without_needless(attacker: Attacker, is_withheld: Mask, is_small: Mask, threshold: int) -> Mask:
    """Show again what is not needed, the largest figures first."""
    safe = [one for one in np.flatnonzero(is_small & is_withheld).tolist() if _are_safe(attacker, [one], is_withheld, threshold)]
    for figure in sorted(np.flatnonzero(is_withheld & ~is_small).tolist(), key=lambda one: (-int(attacker.counts[one]), one)):
        fewer = is_withheld.copy()
        fewer[figure] = False
        if _are_safe(attacker, safe, fewer, threshold):
            is_withheld = fewer
    return is_withheld
