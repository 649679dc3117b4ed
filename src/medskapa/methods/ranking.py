"""A ranking from pairs: which of two is better, asked many times (Bradley and Terry, 1952, Rank analysis of incomplete block designs,
Biometrika 39).

Each item has a strength; the odds that one is preferred to another are e to the difference of their strengths. Strengths are those under
which the answers seen are most likely, found by Newton's method. They exist only among items each of which has, directly or by way of
others, both won against and lost to every other (Ford, 1957, American Mathematical Monthly 64). So items are first parted into such
groups: within a group there are strengths with intervals; between groups it is only known that one stands above the other, or nothing.

A draw counts as half a win for each.

Where there is more than one group, one order of all is offered nevertheless, and it is said what it rests on: each item is given one
imagined draw against something of average strength, which pulls strengths together a little and makes all of them exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from pathlib import Path
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.linalg.lapack import dtrtri
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from medskapa.methods.errors import MethodError
from medskapa.methods.tables import read_table

ENOUGH = 1e-6  # of a step, after which the error is far smaller: each step about squares it
MOST_ROUNDS = 100
LONGEST = 0.5  # a step: two items then move by 1 at most, and no step overshoots
Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Comparison = tuple[str, str, float]  # left, right, and 1 if the left one was preferred, 0 for the right one, ½ for a draw


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was compared.

    strength  against the mean of its group, on the scale of log odds; None where its group is itself alone
    low, high between which it lies with the confidence asked for
    group     number of its group
    pulled    strength against the mean of all, each given one imagined draw against an average thing; None where all are in one group
    wins      how often it was preferred, draws counting half
    compared  how often it was compared
    """

    name: str
    group: int
    strength: float | None
    low: float | None
    high: float | None
    pulled: float | None
    wins: float
    compared: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Items, the groups that stand above others first, within a group the strongest first; ties by name.

    above  pairs of groups (upper, lower) that were compared, the upper one always being preferred
    """

    items: tuple[Item, ...]
    above: tuple[tuple[int, int], ...]

    @property
    def is_connected(self) -> bool:
        """Whether all items have strengths on one scale."""
        return len({item.group for item in self.items}) == 1


def rank(comparisons: Sequence[Comparison], *, confidence: float = 0.95) -> Ranking:
    """Rank everything that was compared. Raises MethodError for no comparisons, or an item compared with itself.

    >>> found = rank([("tea", "coffee", 1.0), ("tea", "coffee", 1.0), ("coffee", "tea", 1.0)])
    >>> [(item.name, round(item.strength, 3)) for item in found.items]  # twice as often: a difference of log 2
    [('tea', 0.347), ('coffee', -0.347)]
    """
    if not comparisons:
        raise MethodError("there are no comparisons, expected at least one")
    names, pairs = _pairs(comparisons)
    groups, above = _groups(pairs)
    strengths, errors = _in_groups(pairs, groups)
    reach = errors * NormalDist().inv_cdf(0.5 + confidence / 2)
    pulled = _most_likely(pairs, draws=1.0)[0] if groups.max() else np.full(len(names), np.nan)
    wins, counts = pairs.of_each(pairs.wins, pairs.counts - pairs.wins), pairs.of_each(pairs.counts, pairs.counts).astype(np.int64)
    columns = (groups.tolist(), *map(_said, (strengths, strengths - reach, strengths + reach, pulled)), wins.tolist(), counts.tolist())
    items = map(Item, names, *columns)
    return Ranking(tuple(sorted(items, key=lambda item: (item.group, -(item.strength or 0.0), item.name))), above)


def read_comparisons(path: Path) -> list[Comparison]:
    """Read ``left,right,winner``: the winner is one of the two, or empty or ``tie`` for a draw. Raises BadInput with the line at fault."""
    found: list[Comparison] = []
    for row in read_table(path, ("left", "right", "winner")):
        left, right, winner = row.filled("left"), row.filled("right"), row["winner"]
        if left == right:
            raise row.bad(f"{left} is compared with itself", "two different ones")
        if winner not in (left, right, "", "tie"):
            raise row.bad(f"the winner is {winner!r}", f"{left}, {right}, or nothing for a draw")
        found.append((left, right, 1.0 if winner == left else 0.0 if winner == right else 0.5))
    return found


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Each two of ``size`` items that were compared: their numbers, the smaller first, how often, and how often the first was preferred."""

    size: int
    one: Numbers
    other: Numbers
    counts: Floats
    wins: Floats

    def of_each(self, to_one: Floats, to_other: Floats) -> Floats:
        """(size,) The sum over an item's pairs of what each pair gives to its first and to its second."""
        return _sums(self.one, to_one, self.size) + _sums(self.other, to_other, self.size)

    def among(self, members: Numbers) -> "_Pairs":
        """The pairs among these items alone, numbered in their order."""
        number = np.full(self.size, -1)
        number[members] = np.arange(len(members))
        chosen = (number[self.one] >= 0) & (number[self.other] >= 0)
        return _Pairs(len(members), number[self.one[chosen]], number[self.other[chosen]], self.counts[chosen], self.wins[chosen])


def _sums(which: Numbers, numbers: Floats, size: int) -> Floats:
    return np.asarray(np.bincount(which, numbers, size), dtype=np.float64)


def _pairs(comparisons: Sequence[Comparison]) -> tuple[list[str], _Pairs]:
    """The names in their order, and what was compared. Raises MethodError for an item compared with itself."""
    lefts, rights, given = zip(*comparisons, strict=True)
    names = sorted({*lefts, *rights})
    places = {name: number for number, name in enumerate(names)}
    left, right = (np.fromiter(map(places.__getitem__, side), np.int64, len(side)) for side in (lefts, rights))
    if (left == right).any():
        raise MethodError(f"{lefts[int(np.argmax(left == right))]} is compared with itself, expected two different ones")
    results = np.array(given, dtype=np.float64)
    keys, which = np.unique(np.minimum(left, right) * len(names) + np.maximum(left, right), return_inverse=True)
    wins, counts = (_sums(which, each, len(keys)) for each in (np.where(left < right, results, 1 - results), np.ones(len(results))))
    return names, _Pairs(len(names), keys // len(names), keys % len(names), counts, wins)


def _groups(pairs: _Pairs) -> tuple[Numbers, tuple[tuple[int, int], ...]]:
    """(items,) The group of each, numbered from the top; and which stand directly above which."""
    forth, back = pairs.wins > 0, pairs.wins < pairs.counts
    winners = np.concatenate([pairs.one[forth], pairs.other[back]])
    losers = np.concatenate([pairs.other[forth], pairs.one[back]])
    won = csr_matrix((np.ones(len(winners)), (winners, losers)), (pairs.size, pairs.size))
    _count, raw = connected_components(won, directed=True, connection="strong")
    crossing = raw[winners] != raw[losers]
    beats = set(zip(raw[winners[crossing]].tolist(), raw[losers[crossing]].tolist(), strict=True))
    number = {group: place for place, group in enumerate(_from_the_top(beats, np.unique(raw, return_index=True)[1].tolist()))}
    above = sorted((number[upper], number[lower]) for upper, lower in beats)
    return np.array([number[group] for group in raw.tolist()]), tuple(above)


def _from_the_top(beats: set[tuple[int, int]], firsts: list[int]) -> list[int]:
    """Groups so that none stands before one above it; where that leaves a choice, the one whose first item comes first."""
    uppers = [0] * len(firsts)
    lowers: list[list[int]] = [[] for _group in firsts]
    for upper, lower in beats:
        uppers[lower] += 1
        lowers[upper].append(lower)
    ready = [(first, group) for group, first in enumerate(firsts) if not uppers[group]]
    heapify(ready)
    order: list[int] = []
    while ready:
        _first, group = heappop(ready)
        order.append(group)
        for lower in lowers[group]:
            uppers[lower] -= 1
            if not uppers[lower]:
                heappush(ready, (firsts[lower], lower))
    return order


def _in_groups(pairs: _Pairs, groups: Numbers) -> tuple[Floats, Floats]:
    """(items,) The strength of each and its standard error; nan for an item alone in its group."""
    strengths, errors = np.full(pairs.size, np.nan), np.full(pairs.size, np.nan)
    for group in np.flatnonzero(np.bincount(groups) > 1):
        members = np.flatnonzero(groups == group)
        strengths[members], errors[members] = _most_likely(pairs.among(members))
    return strengths, errors


def _most_likely(pairs: _Pairs, *, draws: float = 0.0) -> tuple[Floats, Floats]:
    """(items,) The most likely strengths, mean 0, and their standard errors from the information matrix.

    draws  so many imagined ones of each item against something of strength 0
    """
    won, lost = pairs.of_each(pairs.wins, pairs.counts - pairs.wins), pairs.of_each(pairs.counts - pairs.wins, pairs.wins)
    theta = np.log((won + 0.5) / (lost + 0.5))
    for _round in range(MOST_ROUNDS):
        slope, information = _at(theta, pairs, draws)
        factor = cho_factor(information, lower=True, overwrite_a=True, check_finite=False)
        step = cho_solve(factor, slope)
        longest = float(np.abs(step).max())
        theta = theta + min(1.0, LONGEST / max(longest, ENOUGH)) * step
        if longest < ENOUGH:
            break
    inverse = np.tril(dtrtri(factor[0], lower=1)[0])  # of the factor L of the information L Lᵀ
    variances = (inverse**2).sum(axis=0) - 1 / pairs.size  # less that of the equal shift, which _at fixed at 1
    return theta - theta.mean(), np.sqrt(np.maximum(variances, 0))


def _at(theta: Floats, pairs: _Pairs, draws: float) -> tuple[Floats, Floats]:
    """(items,) The slope of the log likelihood; (items, items) below its diagonal, the information matrix, regular along equal shifts."""
    chance = 1 / (1 + np.exp(theta[pairs.other] - theta[pairs.one]))
    weights = pairs.counts * chance * (1 - chance)
    alone = 1 / (1 + np.exp(-theta))
    slope = pairs.of_each(pairs.wins - pairs.counts * chance, pairs.counts * chance - pairs.wins) + draws * (0.5 - alone)
    information = np.full((pairs.size, pairs.size), 1 / pairs.size, order="F")
    information[pairs.other, pairs.one] -= weights
    information[np.diag_indices(pairs.size)] += pairs.of_each(weights, weights) + draws * alone * (1 - alone)
    return slope, information


def _said(numbers: Floats) -> list[float | None]:
    return [None if np.isnan(number) else number for number in numbers.tolist()]
