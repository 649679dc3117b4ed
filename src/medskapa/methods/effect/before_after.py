"""Before and after, other people each time; and the same people or units twice."""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from medskapa.methods.effect.chance import dealt_shares, most_telling, turned, wilson
from medskapa.methods.effect.results import Effect, Part, Verdict, verdict_of
from medskapa.methods.effect.words import WHY, between, difference, judged, many, said
from medskapa.methods.errors import MethodError, ShapeError

Floats = NDArray[np.float64]
RARE = 0.05  # above which even the clearest data could be chance: then there are too few
LEAST_PAIRS = 6  # of five that all change the same way, chance alone makes one set in sixteen


def before_after(before: Sequence[float], after: Sequence[float], *, is_share: bool = False, confidence: float = 0.95) -> Effect:
    """Compare the means of two sets of people (Welch, 1947, Biometrika 34), or two shares (Newcombe, 1998, Statistics in Medicine 17).

    is_share  every value is 0 or 1, such as no or yes

    Raises MethodError where one side is empty.

    >>> found = before_after([3, 4, 2, 3, 3], [4, 5, 4, 5, 3])
    >>> round(found.estimate, 1), round(found.low, 2), round(found.high, 2), found.verdict
    (1.2, 0.06, 2.34, 'higher')
    """
    if not before or not after:
        raise MethodError(f"there are {len(before)} values before and {len(after)} after, expected some of both")
    one, other = np.array(before, dtype=np.float64), np.array(after, dtype=np.float64)
    estimate = float(other.mean() - one.mean())
    low, high, by_chance, verdict = _of_means(one, other, confidence, is_share=is_share)
    parts = (_mean("before", one, confidence, is_share=is_share), _mean("after", other, confidence, is_share=is_share))
    needed = "with fewer than four before and four after, even the clearest difference could be chance."
    words = (
        f"Before, {_of(one, parts[0], is_share=is_share)}; after, {_of(other, parts[1], is_share=is_share)}.",
        sentence("After", estimate, low, high, confidence, is_share=is_share),
        judged(verdict, by_chance, needed),
        WHY,
    )
    return Effect("before-after", is_share, confidence, estimate, low, high, verdict, by_chance, parts, words)


def paired(
    before: Sequence[float], after: Sequence[float], rng: np.random.Generator, *, is_share: bool = False, confidence: float = 0.95
) -> Effect:
    """Compare the same people or units twice: the mean change (Student, 1908, Biometrika 6), checked by turning changes around.

    before, after  nan where a value is missing; such pairs are left out, and it is said
    is_share       every value is 0 or 1

    Raises ShapeError if there are not as many after as before, MethodError if no pair is whole.

    >>> found = paired([3, 4, 2, 3, 3, 1], [4, 5, 4, 5, 4, 2], np.random.default_rng(0))
    >>> round(found.estimate, 2), round(found.low, 2), round(found.high, 2), found.by_chance
    (1.33, 0.79, 1.88, 0.03125)
    """
    if len(before) != len(after):
        raise ShapeError(before=len(before), after=len(after))
    both = np.array([before, after], dtype=np.float64)
    one, other = both[:, ~np.isnan(both).any(axis=0)]
    if not len(one):
        raise MethodError("no pair has both values, expected at least one")
    changes, missing = other - one, len(before) - len(one)
    estimate = float(changes.mean())
    low, high, by_chance, verdict = _of_changes(changes, rng, confidence)
    up, down = int((changes > 0).sum()), int((changes < 0).sum())
    parts = (Part("before", float(one.mean())), Part("after", float(other.mean())), Part("went up", up), Part("went down", down))
    words = (
        f"{many(len(changes), 'was', 'were')} measured twice: {up} went up, {down} went down, {len(changes) - up - down} stayed.",
        sentence("After", estimate, low, high, confidence, is_share=is_share),
        judged(verdict, by_chance, "with fewer than six, even if all go the same way, that could be chance."),
        WHY,
    )
    warnings = (f"{many(missing, 'pair lacks', 'pairs lack')} a value and {'is' if missing == 1 else 'are'} left out.",) if missing else ()
    return Effect("paired", is_share, confidence, estimate, low, high, verdict, by_chance, parts, words, warnings)


def _of_changes(changes: Floats, rng: np.random.Generator, confidence: float) -> tuple[float | None, float | None, float | None, Verdict]:
    if len(changes) < LEAST_PAIRS:
        return None, None, None, "too few to tell"
    reach = float(stdtrit(len(changes) - 1, 0.5 + confidence / 2)) * float(changes.std(ddof=1)) / sqrt(len(changes))
    low, high, by_chance = float(changes.mean()) - reach, float(changes.mean()) + reach, turned(changes, rng)
    return low, high, by_chance, verdict_of(low, high, by_chance, confidence)


def welch(one: Floats, other: Floats, confidence: float) -> tuple[float, float, float]:
    """The interval of the difference of two means whose values may spread differently, and how likely chance makes one as large."""
    shares = one.var(ddof=1) / len(one), other.var(ddof=1) / len(other)
    estimate, error = float(other.mean() - one.mean()), sqrt(sum(shares))
    if not error:
        return estimate, estimate, 0.0 if estimate else 1.0
    freedom = sum(shares) ** 2 / (shares[0] ** 2 / (len(one) - 1) + shares[1] ** 2 / (len(other) - 1))
    reach = float(stdtrit(freedom, 0.5 + confidence / 2)) * error
    return estimate - reach, estimate + reach, 2 * float(stdtr(freedom, -abs(estimate) / error))


def sentence(
    what: str, estimate: float, low: float | None, high: float | None, confidence: float, *, is_share: bool, than: str = ""
) -> str:
    """How large a difference is, and between what it lies."""
    if low is None or high is None:
        return f"{what} is {difference(estimate, 0, is_share=is_share)}{than}."
    return (
        f"{what} is {difference(estimate, (high - low) / 2, is_share=is_share)}{than}; "
        f"with {100 * confidence:g}% confidence that lies {between(low, high, is_share=is_share)}."
    )


def _of_means(one: Floats, other: Floats, confidence: float, *, is_share: bool) -> tuple[float | None, float | None, float | None, Verdict]:
    if min(len(one), len(other)) < 2 or most_telling(len(one), len(other)) > RARE:
        return None, None, None, "too few to tell"
    low, high, by_chance = _shares(one, other, confidence) if is_share else welch(one, other, confidence)
    return low, high, by_chance, verdict_of(low, high, by_chance, confidence)


def _shares(one: Floats, other: Floats, confidence: float) -> tuple[float, float, float]:
    """Newcombe's interval of the difference of two shares, from Wilson's of each."""
    hits, totals = (int(one.sum()), int(other.sum())), (len(one), len(other))
    share, later = hits[0] / totals[0], hits[1] / totals[1]
    (low, high), (later_low, later_high) = (wilson(hit, total, confidence) for hit, total in zip(hits, totals, strict=True))
    down, up = sqrt((later - later_low) ** 2 + (high - share) ** 2), sqrt((later_high - later) ** 2 + (share - low) ** 2)
    return later - share - down, later - share + up, dealt_shares(hits, totals)


def _mean(name: str, values: Floats, confidence: float, *, is_share: bool) -> Part:
    if is_share:
        return Part(name, float(values.mean()), *wilson(int(values.sum()), len(values), confidence))
    if len(values) < 2:
        return Part(name, float(values.mean()))
    reach = float(stdtrit(len(values) - 1, 0.5 + confidence / 2)) * float(values.std(ddof=1)) / sqrt(len(values))
    return Part(name, float(values.mean()), float(values.mean()) - reach, float(values.mean()) + reach)


def _of(values: Floats, part: Part, *, is_share: bool) -> str:
    if is_share:
        return f"it was {int(values.sum()):,} of {len(values):,} ({values.mean():.0%})"
    reach = 0.0 if part.low is None or part.high is None else (part.high - part.low) / 2
    return f"the mean of {len(values):,} was {said(part.estimate, reach)}"
