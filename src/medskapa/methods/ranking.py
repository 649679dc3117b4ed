"""A ranking from pairs: which of two is better, asked many times (Bradley and Terry, 1952, Rank analysis of incomplete block designs,
Biometrika 39).

Each item has a strength; the odds that one is preferred to another are e to the difference of their strengths. Strengths are those under
which the answers seen are most likely, found by Newton's method. They exist only among items each of which has, directly or by way of
others, both won against and lost to every other (Ford, 1957, American Mathematical Monthly 64). So items are first parted into such
groups: within a group there are strengths with intervals; between groups it is only known that one stands above the other, or nothing.

A draw counts as half a win for each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from medskapa.methods.errors import MethodError
from medskapa.methods.tables import read_table

ENOUGH = 1e-7  # of a step, after which the error is far smaller: each step about squares it
MOST_ROUNDS = 100
Comparison = tuple[str, str, float]  # left, right, and 1 if the left one was preferred, 0 for the right one, ½ for a draw


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was compared.

    strength  against the mean of its group, on the scale of log odds; None where its group is itself alone
    low, high between which it lies with the confidence asked for
    group     number of its group
    wins      how often it was preferred, draws counting half
    compared  how often it was compared
    """

    name: str
    group: int
    strength: float | None
    low: float | None
    high: float | None
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
    names = sorted({name for left, right, _result in comparisons for name in (left, right)})
    if not names:
        raise MethodError("there are no comparisons, expected at least one")
    if same := next((left for left, right, _result in comparisons if left == right), None):
        raise MethodError(f"{same} is compared with itself, expected two different ones")
    wins = _wins(comparisons, {name: number for number, name in enumerate(names)})
    groups, above = _groups(wins)
    strengths, errors = _strengths(wins, groups)
    reach = errors * NormalDist().inv_cdf(0.5 + confidence / 2)
    counts = np.round((wins + wins.T).sum(axis=1)).astype(np.int64)
    items = [
        Item(
            name,
            int(groups[place]),
            _said(strengths[place]),
            _said(strengths[place] - reach[place]),
            _said(strengths[place] + reach[place]),
            float(wins[place].sum()),
            int(counts[place]),
        )
        for place, name in enumerate(names)
    ]
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


def _said(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def _wins(comparisons: Sequence[Comparison], places: dict[str, int]) -> NDArray[np.float64]:
    """(items, items) How often the one of the row was preferred to the one of the column."""
    left = np.array([places[one] for one, _other, _result in comparisons])
    right = np.array([places[other] for _one, other, _result in comparisons])
    results = np.array([result for _one, _other, result in comparisons], dtype=np.float64)
    size = (len(places), len(places))
    total: NDArray[np.float64] = (coo_matrix((results, (left, right)), size) + coo_matrix((1 - results, (right, left)), size)).toarray()
    return total


def _groups(wins: NDArray[np.float64]) -> tuple[NDArray[np.int64], tuple[tuple[int, int], ...]]:
    """(items,) The group of each, numbered from the top; and which stand directly above which."""
    count, raw = connected_components(wins > 0, directed=True, connection="strong")
    beats = {(int(raw[one]), int(raw[other])) for one, other in zip(*np.nonzero(wins), strict=True) if raw[one] != raw[other]}
    order = _from_the_top(count, beats, [int(np.flatnonzero(raw == group)[0]) for group in range(count)])
    number = {group: place for place, group in enumerate(order)}
    above = sorted((number[upper], number[lower]) for upper, lower in beats)
    return np.array([number[int(group)] for group in raw], dtype=np.int64), tuple(above)


def _from_the_top(count: int, beats: set[tuple[int, int]], firsts: list[int]) -> list[int]:
    """Groups so that none stands before one above it; where that leaves a choice, the one whose first item comes first."""
    order: list[int] = []
    while len(order) < count:
        open_ = [group for group in range(count) if group not in order and all(upper in order for upper, lower in beats if lower == group)]
        order.append(min(open_, key=firsts.__getitem__))
    return order


def _strengths(wins: NDArray[np.float64], groups: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(items,) The strength of each and its standard error; nan for an item alone in its group."""
    strengths, errors = np.full(len(wins), np.nan), np.full(len(wins), np.nan)
    for group in np.unique(groups):
        members = np.flatnonzero(groups == group)
        if len(members) > 1:
            strengths[members], errors[members] = _most_likely(wins[np.ix_(members, members)])
    return strengths, errors


def _most_likely(wins: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(items,) The most likely strengths, mean 0, and their standard errors from the information matrix."""
    compared, size = wins + wins.T, len(wins)
    theta = np.zeros(size)
    for _round in range(MOST_ROUNDS):
        chance, information = _at(theta, compared)
        step = cho_solve(cho_factor(information), wins.sum(axis=1) - (compared * chance).sum(axis=1))
        shorter = min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-300))  # far from the solution full steps may swing
        theta = theta + shorter * step
        if float(np.abs(step).max()) < ENOUGH:
            break
    theta = theta - theta.mean()
    covariance = cho_solve(cho_factor(_at(theta, compared)[1]), np.eye(size)) - 1 / size
    return theta, np.sqrt(np.maximum(np.diag(covariance), 0))


def _at(theta: NDArray[np.float64], compared: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(items, items) The chance that the one of the row is preferred, and the information matrix, made regular along equal shifts."""
    chance: NDArray[np.float64] = 1 / (1 + np.exp(theta[None, :] - theta[:, None]))
    weights = compared * chance * (1 - chance)
    information = np.diag(weights.sum(axis=1)) - weights + 1 / len(theta)
    return chance, information
