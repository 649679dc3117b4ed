"""What chance alone would do: intervals of shares, and how often a difference comes about if it is only dealt out."""

from collections.abc import Iterator
from itertools import combinations
from math import comb, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]
MOST_ALL = 17  # pairs, up to which every way to turn them is tried
MOST_DEALT = 20_000  # ways to deal out, up to which every one is tried
DRAWS = 19_999  # where not every way is tried; a chance of 5 % is then known to within 0.3 %
CHUNK = 1000
SAME = 1e-9  # of the largest: what differs by less differs by rounding


def most_telling(one: int, other: int) -> float:
    """How likely the clearest difference between so many and so many would be if values were only dealt out to them.

    Where even that is above one in twenty, no data whatever could tell a difference from chance.

    >>> most_telling(3, 3), round(most_telling(4, 4), 3)
    (0.1, 0.029)
    """
    return (2 if one == other else 1) / comb(one + other, one)


def wilson(hits: int, total: int, confidence: float) -> tuple[float, float]:
    """Between which values a share lies (Wilson, 1927, Journal of the American Statistical Association 22).

    >>> tuple(round(end, 4) for end in wilson(15, 148, 0.95))
    (0.0624, 0.1605)
    """
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = hits / total
    middle, reach = share + z * z / (2 * total), z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (middle - reach) / (1 + z * z / total), (middle + reach) / (1 + z * z / total)


def dealt_shares(hits: tuple[int, int], totals: tuple[int, int]) -> float:
    """How likely shares at least so different are if all hits were dealt out (Fisher's exact test, by the difference)."""
    both, size = sum(hits), sum(totals)
    possible = np.arange(max(0, both - totals[1]), min(both, totals[0]) + 1)
    logs = _choose(totals[0], possible) + _choose(totals[1], both - possible) - _choose(size, np.array([both]))
    apart = np.abs(possible / totals[0] - (both - possible) / totals[1])
    return min(1.0, float(np.exp(logs[apart >= abs(hits[0] / totals[0] - hits[1] / totals[1]) - SAME]).sum()))


def turned(changes: Floats, rng: np.random.Generator) -> float:
    """How likely a mean change at least so large is if each change could as well have gone the other way."""
    seen = abs(float(changes.sum()))
    bound = seen - SAME * float(np.abs(changes).sum())
    if len(changes) <= MOST_ALL:
        signs = 1 - 2 * ((np.arange(2 ** len(changes))[:, None] >> np.arange(len(changes))) & 1)
        return float((np.abs(signs @ changes) >= bound).mean())
    hits = 0
    for size in _chunks(DRAWS):
        hits += int((np.abs((1 - 2 * rng.integers(0, 2, (size, len(changes)), dtype=np.int8)) @ changes) >= bound).sum())
    return (1 + hits) / (1 + DRAWS)


def dealt(one: Floats, other: Floats, rng: np.random.Generator) -> float:
    """How likely means at least so different, against how values spread, are if values were only dealt out to both."""
    values, size = np.concatenate([one, other]), len(one)
    bound = float(_clearness(values[None, :], size)[0]) * (1 - SAME)
    if comb(len(values), size) <= MOST_DEALT:
        ways = np.array([[*chosen, *sorted(set(range(len(values))) - set(chosen))] for chosen in combinations(range(len(values)), size)])
        return float((_clearness(values[ways], size) >= bound).mean())
    hits = 0
    for count in _chunks(DRAWS):
        hits += int((_clearness(rng.permuted(np.tile(values, (count, 1)), axis=1), size) >= bound).sum())
    return (1 + hits) / (1 + DRAWS)


def _clearness(values: Floats, size: int) -> Floats:
    """(ways,) How far the mean of the first lies from that of the others, over its standard error where both sides have one."""
    one, other = values[:, :size], values[:, size:]
    apart = np.abs(one.mean(axis=1) - other.mean(axis=1))
    if min(size, other.shape[1]) < 2:
        return np.asarray(apart, dtype=np.float64)
    error = np.sqrt(one.var(axis=1, ddof=1) / size + other.var(axis=1, ddof=1) / other.shape[1])
    least = SAME * max(1e-300, float(np.ptp(values)))
    return np.where(apart > least, apart / np.maximum(error, least), 0.0)


def _choose(size: int, some: NDArray[np.int64]) -> Floats:
    found: Floats = gammaln(size + 1) - gammaln(some + 1) - gammaln(size - some + 1)
    return found


def _chunks(total: int) -> Iterator[int]:
    for start in range(0, total, CHUNK):
        yield min(CHUNK, total - start)
