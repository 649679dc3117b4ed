"""Whether several people who code the same things mean the same: Krippendorff's alpha, and Cohen's kappa for each pair of coders.

*Alpha* is 1 less the disagreement seen over the disagreement to expect if codes were dealt out at random: 1 is full agreement, 0 is chance.
It takes any number of coders and does not mind missing codes. How much two codes disagree depends on what they are: names (nominal: the
same or not), ranks (ordinal: how many codes lie between them), or numbers (interval: the square of their difference). Source:
Krippendorff, 2011, Computing Krippendorff's alpha-reliability; 2019, Content analysis, 4th edition, chapter 12.

*Kappa* compares two coders on what both coded (Cohen, 1960, A coefficient of agreement for nominal scales, Educational and Psychological
Measurement 20).

Intervals are percentiles over samples of the units, drawn with replacement.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from medskapa.methods.errors import MethodError
from medskapa.methods.tables import read_table

Level = Literal["nominal", "ordinal", "interval"]
SAMPLES = 1000
Codings = Mapping[str, Mapping[str, str]]  # unit → coder → code


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha; None where all codes are the same, so that there is nothing to disagree about.

    low, high  where it lies with 95 % confidence
    units      coded by at least two
    codes      given to these units
    """

    value: float | None
    low: float | None
    high: float | None
    units: int
    codes: int


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa of two coders on the units that both coded; None where chance alone would have them agree on all."""

    one: str
    other: str
    value: float | None
    low: float | None
    high: float | None
    units: int


def alpha(codings: Codings, level: Level, rng: np.random.Generator, *, samples: int = SAMPLES) -> Alpha:
    """How far all coders agree. Raises MethodError if no unit is coded by two, or if an interval code is no number.

    >>> pairs = {"a": {"Ada": "yes", "Bo": "yes"}, "b": {"Ada": "no", "Bo": "no"}, "c": {"Ada": "yes", "Bo": "no"}}
    >>> round(alpha(pairs, "nominal", np.random.default_rng(0)).value, 4)  # 1 − (1/3) / (3/5)
    0.4444
    """
    units = {unit: sorted(codes.values()) for unit, codes in sorted(codings.items()) if len(codes) > 1}
    if not units:
        raise MethodError("no unit is coded by two people, expected at least one")
    values = sorted(sorted({code for codes in units.values() for code in codes}), key=_in_order(level))
    counts = np.array([[codes.count(value) for value in values] for codes in units.values()], dtype=np.float64)
    low, high = _interval([_alpha(counts[chosen], level, values) for chosen in _samples(len(counts), samples, rng)])
    return Alpha(_alpha(counts, level, values), low, high, len(units), int(counts.sum()))


def kappas(codings: Codings, rng: np.random.Generator, *, samples: int = SAMPLES) -> list[Kappa]:
    """How far each pair of coders agrees who coded at least one unit both."""
    coders = sorted({coder for codes in codings.values() for coder in codes})
    found = []
    for one, other in combinations(coders, 2):
        pairs = [(codes[one], codes[other]) for _unit, codes in sorted(codings.items()) if one in codes and other in codes]
        if pairs:
            places = {code: place for place, code in enumerate(sorted({code for pair in pairs for code in pair}))}
            table = np.array([[places[left], places[right]] for left, right in pairs])
            low, high = _interval([_kappa(table[chosen], len(places)) for chosen in _samples(len(table), samples, rng)])
            found.append(Kappa(one, other, _kappa(table, len(places)), low, high, len(pairs)))
    return found


def disputed(codings: Codings, level: Level) -> list[tuple[str, float]]:
    """Units coded by two or more whose codes differ, each with how much they disagree on average, the most disputed first."""
    units = {unit: sorted(codes.values()) for unit, codes in sorted(codings.items()) if len(codes) > 1}
    values = sorted(sorted({code for codes in units.values() for code in codes}), key=_in_order(level))
    counts = np.array([[codes.count(value) for value in values] for codes in units.values()], dtype=np.float64).reshape(
        len(units), len(values)
    )
    apart = _distances(counts.sum(axis=0), level, values)
    seen = [float(row @ apart @ row / (row.sum() * (row.sum() - 1))) for row in counts]
    return sorted(((unit, much) for unit, much in zip(units, seen, strict=True) if much > 0), key=lambda one: (-one[1], one[0]))


def read_codings(path: Path) -> dict[str, dict[str, str]]:
    """Read ``coder,unit,code``; an empty code is a missing one. Raises BadInput for a unit that somebody coded twice."""
    found: dict[str, dict[str, str]] = {}
    for row in read_table(path, ("coder", "unit", "code")):
        codes = found.setdefault(row.filled("unit"), {})
        if row.filled("coder") in codes:
            raise row.bad(f"{row['coder']} codes {row['unit']} twice", "one code of each coder for a unit")
        if row["code"]:
            codes[row["coder"]] = row["code"]
    return found


def _in_order(level: Level) -> Callable[[str], str | float]:
    return str if level == "nominal" else _number


def _number(code: str) -> float:
    try:
        return float(code.replace(",", "."))
    except ValueError:
        raise MethodError(f"the code {code!r} is not a number, expected numbers for ranks and intervals") from None


def _alpha(counts: NDArray[np.float64], level: Level, values: Sequence[str]) -> float | None:
    """Of (units, values) how often each value was given to each unit."""
    total = counts.sum(axis=0)
    apart = _distances(total, level, values)
    expected = float(total @ apart @ total) / (total.sum() - 1)
    if not expected:
        return None
    seen = float(((counts @ apart) * counts / (counts.sum(axis=1, keepdims=True) - 1)).sum())
    return float(1 - seen / expected)


def _distances(total: NDArray[np.float64], level: Level, values: Sequence[str]) -> NDArray[np.float64]:
    """(values, values) How much two codes disagree."""
    if level == "nominal":
        return 1 - np.eye(len(total))
    if level == "interval":
        numbers = np.array([_number(value) for value in values])
        return np.asarray((numbers[:, None] - numbers[None, :]) ** 2, dtype=np.float64)
    middle = np.cumsum(total) - total / 2  # codes between two, the outer ones counting half
    return np.asarray((middle[:, None] - middle[None, :]) ** 2, dtype=np.float64)


def _kappa(table: NDArray[np.int64], size: int) -> float | None:
    seen = float((table[:, 0] == table[:, 1]).mean())
    left, right = np.bincount(table[:, 0], minlength=size), np.bincount(table[:, 1], minlength=size)
    chance = float(left @ right) / len(table) ** 2
    return None if chance == 1 else (seen - chance) / (1 - chance)


def _samples(size: int, samples: int, rng: np.random.Generator) -> NDArray[np.int64]:
    return rng.integers(0, size, (samples, size))


def _interval(found: Sequence[float | None]) -> tuple[float | None, float | None]:
    """Between which values 95 % of the samples lie that have one; none if fewer than nine of ten have one."""
    values = [value for value in found if value is not None]
    if len(values) < 0.9 * len(found):
        return None, None
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
