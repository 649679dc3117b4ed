"""Difference in differences: how units with a pilot changed, against how units without one changed in the same time.

Each unit counts once, by how much its mean changed, however many people answered in it: people of one unit share what happens there, and
are not independent witnesses (the two steps of Donald and Lang, 2007, Review of Economics and Statistics 89). The interval is Welch's, for
changes that may spread differently with and without a pilot; with equally many answers everywhere its error is that of regression with
errors clustered by unit, with the correction for few clusters worked out exactly. It is checked by dealing the pilots out to the units.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from medskapa.methods.effect.before_after import RARE, sentence, welch
from medskapa.methods.effect.chance import dealt, most_telling
from medskapa.methods.effect.results import Effect, Part, verdict_of
from medskapa.methods.effect.words import difference, judged, many
from medskapa.methods.errors import MethodError

Floats = NDArray[np.float64]
FEW = 6  # units on a side, below which the interval rests on the shape of how units change
WHY = "That is the pilot's part only if all units would have changed alike without it, which nothing here can show."


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit (a school, an office, a municipality) with what was measured in it before and after."""

    name: str
    has_pilot: bool
    before: tuple[float, ...]
    after: tuple[float, ...]

    @property
    def change(self) -> float:
        """By how much its mean changed."""
        return float(np.mean(self.after) - np.mean(self.before))


def difference_in_differences(
    units: Sequence[Unit], rng: np.random.Generator, *, is_share: bool = False, confidence: float = 0.95
) -> Effect:
    """How much more units with a pilot changed than units without. Units without any value before, or after, are left out, and it is said.

    Raises MethodError if no unit with, or without, a pilot is left.

    >>> with_pilot = [Unit(f"p{n}", True, (3.0,), (4.0 + n / 10,)) for n in range(4)]
    >>> without = [Unit(f"c{n}", False, (3.0,), (3.0 + n / 10,)) for n in range(4)]
    >>> found = difference_in_differences(with_pilot + without, np.random.default_rng(0))
    >>> round(found.estimate, 3), found.verdict
    (1.0, 'higher')
    """
    whole = sorted((unit for unit in units if unit.before and unit.after), key=lambda unit: unit.name)
    one = np.array([unit.change for unit in whole if not unit.has_pilot])
    other = np.array([unit.change for unit in whole if unit.has_pilot])
    if not len(one) or not len(other):
        raise MethodError(f"{len(other)} units with a pilot and {len(one)} without have values before and after, expected some of both")
    estimate = float(other.mean() - one.mean())
    if most_telling(len(one), len(other)) > RARE:
        low, high, by_chance = None, None, None
    else:
        low, high, _by_model = welch(one, other, confidence) if min(len(one), len(other)) > 1 else _one_alone(one, other, confidence)
        by_chance = dealt(one, other, rng)
    verdict = "too few to tell" if low is None or high is None or by_chance is None else verdict_of(low, high, by_chance, confidence)
    parts = (Part("change with a pilot", float(other.mean())), Part("change without", float(one.mean())))
    reach = 0.0 if low is None or high is None else (high - low) / 2
    average = difference(float(other.mean()), reach, is_share=is_share), difference(float(one.mean()), reach, is_share=is_share)
    words = (
        f"{many(len(other), 'unit', 'units')} with a pilot: after is on average {average[0]} than before. "
        f"{many(len(one), 'unit', 'units')} without: {average[1]}.",
        sentence("The change with a pilot", estimate, low, high, confidence, is_share=is_share, than=" than without"),
        judged(verdict, by_chance, "however the pilots had been dealt out to so few units, even the clearest difference could be chance."),
        WHY,
    )
    warnings = _warnings(len(units) - len(whole), len(one), len(other))
    return Effect("did", is_share, confidence, estimate, low, high, verdict, by_chance, parts, words, warnings)


def _one_alone(one: Floats, other: Floats, confidence: float) -> tuple[float, float, float]:
    """Where one side is a single unit: how much units change by themselves is taken from the other side."""
    many_, estimate = max(one, other, key=len), float(other.mean() - one.mean())
    error = float(many_.std(ddof=1)) * sqrt(1 + 1 / len(many_))
    reach = float(stdtrit(len(many_) - 1, 0.5 + confidence / 2)) * error
    return estimate - reach, estimate + reach, 2 * float(stdtr(len(many_) - 1, -abs(estimate) / error)) if error else float(not estimate)


def _warnings(left_out: int, one: int, other: int) -> tuple[str, ...]:
    said = []
    if left_out:
        said.append(f"{many(left_out, 'unit without a value before or after is', 'units without a value before or after are')} left out.")
    if min(one, other) == 1:
        said.append("One side is a single unit: how much units change by themselves is taken from the other side.")
    elif min(one, other) < FEW:
        said.append(
            f"There are only {other} units with a pilot and {one} without: "
            "the interval rests on changes that spread evenly around their mean."
        )
    return tuple(said)
